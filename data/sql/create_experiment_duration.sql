-- A line of an experiment's life table: one unit, arm, outcome and interval, as delivered. Never a person.
CREATE TABLE experiment_duration (
    experiment VARCHAR NOT NULL, unit VARCHAR, cluster VARCHAR, block VARCHAR, arm VARCHAR NOT NULL,
    outcome VARCHAR, "interval" VARCHAR NOT NULL, at_risk DOUBLE, events DOUBLE, censored DOUBLE,
    status VARCHAR NOT NULL, edition VARCHAR NOT NULL, line INTEGER NOT NULL,
    CHECK (status IN ('final', 'preliminary', 'suppressed', 'missing'))
);
