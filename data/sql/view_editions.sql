-- The deliveries the figures stand in, as they are cited.
CREATE VIEW editions AS
SELECT edition, publisher, table_id, title, title_en, url, published, accessed, licence, example, row_count
FROM edition;
