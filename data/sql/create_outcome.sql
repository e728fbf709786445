-- Where some people of a study were later: a row for each destination of a group. What is not shown is NULL.
CREATE TABLE outcome (
    study VARCHAR NOT NULL, region_code VARCHAR, period VARCHAR, later VARCHAR, age_group VARCHAR NOT NULL,
    subgroup VARCHAR, destination VARCHAR NOT NULL,
    persons BIGINT, count BIGINT, share DOUBLE, line INTEGER NOT NULL,
    CHECK (share BETWEEN 0 AND 1 AND count <= persons)
);
