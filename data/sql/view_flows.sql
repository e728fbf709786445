-- How many went from one state to another: hidden counts without the bounds they lie between.
CREATE VIEW flows AS
SELECT
    t.measure, t.region_code, r.name AS region_name, t.cohort, t.age_group, t.sex, t.origin, t.destination,
    t.interval_months, t.count, t.status, t.edition
FROM transition AS t
JOIN region AS r ON r.code = t.region_code;
