-- A definition.
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
