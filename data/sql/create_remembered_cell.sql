-- What this build and earlier ones have told of a cell, where it does not stand in this build as shown: hidden, under
-- which rule of protection, or (hidden = FALSE) shown by an earlier build. A flow is a cell of measure/origin/months/destination.
CREATE TABLE remembered_cell (
    source VARCHAR NOT NULL, indicator VARCHAR NOT NULL, period VARCHAR NOT NULL, region_code VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL, sex VARCHAR NOT NULL, hidden BOOLEAN NOT NULL,
    threshold BIGINT, max_suppressed_count BIGINT, zeros_published BOOLEAN, protected BOOLEAN
);
