-- How many were assessed, assigned, started and measured in an arm of an experiment.
CREATE TABLE experiment_flow (
    experiment VARCHAR NOT NULL, unit VARCHAR, cluster VARCHAR, block VARCHAR, arm VARCHAR NOT NULL,
    assessed DOUBLE, assigned DOUBLE, started DOUBLE, measured DOUBLE,
    status VARCHAR NOT NULL, edition VARCHAR NOT NULL, line INTEGER NOT NULL,
    CHECK (status IN ('final', 'preliminary', 'suppressed', 'missing'))
);
