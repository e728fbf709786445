-- Places of today and of earlier borders.
CREATE VIEW regions AS
SELECT code AS region_code, name AS region_name, level, county, valid_from, valid_to FROM region;
