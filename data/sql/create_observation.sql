-- One figure. Hidden counts are NULL with a status, never 0. Nothing at person level has a place here.
CREATE TABLE observation (
    indicator VARCHAR NOT NULL, region_code VARCHAR NOT NULL, period VARCHAR NOT NULL, age_group VARCHAR NOT NULL,
    sex VARCHAR NOT NULL, count BIGINT, population BIGINT, value DOUBLE, status VARCHAR NOT NULL,
    parts_missing INTEGER NOT NULL DEFAULT 0,  -- how many cells of a sum had no published value: the sum is a lower bound
    derived VARCHAR,                           -- how the row was made here, NULL where it stands in the delivery
    edition VARCHAR NOT NULL,
    CHECK (status IN ('final', 'preliminary', 'suppressed', 'missing')),
    CHECK (status IN ('final', 'preliminary') OR (count IS NULL AND value IS NULL))
);
