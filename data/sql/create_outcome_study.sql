-- A published study of what became of some people: its source, and how it was read. Words for readers stand in its file.
CREATE TABLE outcome_study (
    id VARCHAR PRIMARY KEY, title_nb VARCHAR NOT NULL, title_en VARCHAR NOT NULL,
    definition_nb VARCHAR NOT NULL, definition_en VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL, source_nb VARCHAR NOT NULL, source_en VARCHAR NOT NULL, url VARCHAR NOT NULL,
    issued VARCHAR, licence VARCHAR NOT NULL, provenance VARCHAR NOT NULL, copy VARCHAR,
    CHECK (provenance IN ('published', 'second_hand', 'analysis_with_noise'))
);
