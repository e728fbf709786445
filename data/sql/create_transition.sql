-- A cohort flow: how many went from an origin state to a destination state. Hidden counts are NULL with bounds.
CREATE TABLE transition (
    measure VARCHAR NOT NULL, region_code VARCHAR NOT NULL, cohort VARCHAR NOT NULL, age_group VARCHAR NOT NULL,
    sex VARCHAR NOT NULL, origin VARCHAR NOT NULL, destination VARCHAR NOT NULL, interval_months INTEGER NOT NULL,
    count BIGINT, low BIGINT, high BIGINT,     -- a hidden count lies between low and high
    status VARCHAR NOT NULL, edition VARCHAR NOT NULL,
    CHECK (status IN ('final', 'preliminary') OR count IS NULL)
);
