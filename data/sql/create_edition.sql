-- A delivery, as it is cited.
CREATE TABLE edition (
    edition VARCHAR PRIMARY KEY, source VARCHAR NOT NULL, publisher VARCHAR NOT NULL, table_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL, title_en VARCHAR, citation VARCHAR NOT NULL, citation_en VARCHAR,
    url VARCHAR, file VARCHAR NOT NULL, sha256 VARCHAR,
    published VARCHAR NOT NULL, accessed VARCHAR NOT NULL, licence VARCHAR NOT NULL, note_nb VARCHAR, note_en VARCHAR,
    example BOOLEAN NOT NULL, adapter VARCHAR NOT NULL, adapter_version VARCHAR NOT NULL, loaded_at VARCHAR NOT NULL,
    row_count INTEGER NOT NULL
);
