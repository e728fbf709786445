-- The demand side: job seekers and advertised vacancies in a region, month and occupation. What is unknown is NULL.
CREATE TABLE labour_demand (
    region_code VARCHAR NOT NULL, period VARCHAR NOT NULL, occupation VARCHAR NOT NULL,
    job_seekers BIGINT, vacancies BIGINT, edition VARCHAR NOT NULL,
    CHECK (job_seekers >= 0 AND vacancies >= 0)
);
