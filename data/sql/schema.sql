-- The data model. Hidden counts are NULL with a status, never 0. Nothing at person level has a place here.
CREATE TABLE edition (
    edition VARCHAR PRIMARY KEY, source VARCHAR NOT NULL, publisher VARCHAR NOT NULL, table_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL, title_en VARCHAR, citation VARCHAR NOT NULL, url VARCHAR, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    published VARCHAR NOT NULL, accessed VARCHAR NOT NULL, licence VARCHAR NOT NULL, note_nb VARCHAR, note_en VARCHAR,
    example BOOLEAN NOT NULL, adapter VARCHAR NOT NULL, adapter_version VARCHAR NOT NULL, loaded_at VARCHAR NOT NULL,
    row_count INTEGER NOT NULL
);
CREATE TABLE indicator (
    id VARCHAR PRIMARY KEY, family VARCHAR NOT NULL, publisher VARCHAR NOT NULL, table_id VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL, polarity VARCHAR NOT NULL, licence VARCHAR NOT NULL,
    label_nb VARCHAR NOT NULL, label_en VARCHAR NOT NULL, unit_nb VARCHAR NOT NULL, unit_en VARCHAR NOT NULL,
    numerator_nb VARCHAR NOT NULL, numerator_en VARCHAR NOT NULL,
    denominator_nb VARCHAR NOT NULL, denominator_en VARCHAR NOT NULL,
    rounding_nb VARCHAR NOT NULL, rounding_en VARCHAR NOT NULL,
    overlap_nb VARCHAR NOT NULL, overlap_en VARCHAR NOT NULL,
    breaks VARCHAR[] NOT NULL
);
CREATE TABLE region (
    code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, level VARCHAR NOT NULL, county VARCHAR,
    valid_from INTEGER, valid_to INTEGER, predecessors VARCHAR[] NOT NULL, tile_row INTEGER, tile_col INTEGER
);
CREATE TABLE observation (
    indicator VARCHAR NOT NULL, region_code VARCHAR NOT NULL, period VARCHAR NOT NULL, age_group VARCHAR NOT NULL,
    sex VARCHAR NOT NULL, count BIGINT, population BIGINT, value DOUBLE, status VARCHAR NOT NULL,
    parts_missing INTEGER NOT NULL DEFAULT 0,  -- how many cells of a sum had no published value: the sum is a lower bound
    derived VARCHAR,                           -- how the row was made here, NULL where it stands in the delivery
    edition VARCHAR NOT NULL,
    CHECK (status IN ('final', 'preliminary', 'suppressed', 'missing')),
    CHECK (status IN ('final', 'preliminary') OR (count IS NULL AND value IS NULL))
);
CREATE TABLE transition (
    measure VARCHAR NOT NULL, region_code VARCHAR NOT NULL, cohort VARCHAR NOT NULL, age_group VARCHAR NOT NULL,
    sex VARCHAR NOT NULL, origin VARCHAR NOT NULL, destination VARCHAR NOT NULL, interval_months INTEGER NOT NULL,
    count BIGINT, low BIGINT, high BIGINT,     -- a hidden count lies between low and high
    status VARCHAR NOT NULL, edition VARCHAR NOT NULL,
    CHECK (status IN ('final', 'preliminary') OR count IS NULL)
);
CREATE TABLE finding (
    code VARCHAR NOT NULL, edition VARCHAR NOT NULL, region_code VARCHAR, period VARCHAR, facts VARCHAR NOT NULL
);
