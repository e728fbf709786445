-- Results of an experiment: one unit (cluster), arm, period and outcome, as delivered. Never a person.
CREATE TABLE experiment_cell (
    experiment VARCHAR NOT NULL, unit VARCHAR, cluster VARCHAR, block VARCHAR, arm VARCHAR NOT NULL,
    period VARCHAR, start VARCHAR, outcome VARCHAR NOT NULL,
    n DOUBLE, events DOUBLE, mean DOUBLE, sd DOUBLE,
    status VARCHAR NOT NULL, edition VARCHAR NOT NULL, line INTEGER NOT NULL,
    CHECK (status IN ('final', 'preliminary', 'suppressed', 'missing'))
);
