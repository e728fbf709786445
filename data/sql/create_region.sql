-- A place of today or of earlier borders.
CREATE TABLE region (
    code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, level VARCHAR NOT NULL, county VARCHAR,
    valid_from INTEGER, valid_to INTEGER, predecessors VARCHAR[] NOT NULL, tile_row INTEGER, tile_col INTEGER
);
