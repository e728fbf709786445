-- A registered experiment, as its file and the ledger had it when the build was made.
CREATE TABLE experiment (
    key VARCHAR PRIMARY KEY, title_nb VARCHAR NOT NULL, title_en VARCHAR NOT NULL, area INTEGER NOT NULL,
    concept VARCHAR, track VARCHAR, phase VARCHAR, target_group_nb VARCHAR NOT NULL, target_group_en VARCHAR NOT NULL,
    method VARCHAR NOT NULL, unit_nb VARCHAR, unit_en VARCHAR,
    standing VARCHAR NOT NULL, registered VARCHAR, hash VARCHAR NOT NULL,
    published BOOLEAN NOT NULL, example BOOLEAN NOT NULL,
    CHECK (standing IN ('planned', 'changed', 'unregistered'))
);
