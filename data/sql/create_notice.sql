-- What a new edition changed: a figure corrected, withdrawn, or made final.
CREATE TABLE notice (
    code VARCHAR NOT NULL, indicator VARCHAR NOT NULL, region_code VARCHAR NOT NULL, period VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL, sex VARCHAR NOT NULL,
    old_count BIGINT, new_count BIGINT, old_population BIGINT, new_population BIGINT,
    old_value DOUBLE, new_value DOUBLE, old_status VARCHAR, new_status VARCHAR,
    old_edition VARCHAR, new_edition VARCHAR
);
