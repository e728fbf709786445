-- A county (today's borders) without figures of its own is the sum of its municipalities, where every one of them has
-- a row. A municipality whose count is unknown is counted in parts_missing: the sum is then a lower bound, and says so.
-- A hidden municipality hides the sum.
INSERT INTO observation BY NAME
WITH member AS (
    SELECT code, county FROM region WHERE level = 'municipality' AND valid_to IS NULL
),
expected AS (
    SELECT county, count(*) AS members FROM member GROUP BY county
),
summed AS (
    SELECT
        o.indicator, m.county AS region_code, o.period, o.age_group, o.sex, o.edition,
        CASE WHEN NOT bool_or(o.status = 'suppressed') THEN sum(o.count) END AS count,
        sum(o.population) AS population,
        CASE WHEN bool_or(o.status = 'suppressed') THEN 'suppressed'
             WHEN bool_and(o.count IS NULL) THEN 'missing'
             WHEN bool_or(o.status = 'preliminary') THEN 'preliminary' ELSE 'final' END AS status,
        sum(CASE WHEN o.count IS NULL THEN 1 ELSE o.parts_missing END) AS parts_missing,
        count(*) AS found
    FROM observation AS o
    JOIN member AS m ON o.region_code = m.code
    WHERE o.population IS NOT NULL
    GROUP BY ALL
)
SELECT
    s.indicator, s.region_code, s.period, s.age_group, s.sex, s.count, s.population,
    CASE WHEN s.population > 0 THEN s.count / s.population END AS value,
    s.status,
    s.parts_missing,
    'sum of ' || s.found || ' municipalities' AS derived,
    s.edition
FROM summed AS s
JOIN expected AS e ON e.county = s.region_code AND e.members = s.found
WHERE NOT EXISTS (
    SELECT 1 FROM observation AS own
    WHERE own.indicator = s.indicator AND own.region_code = s.region_code AND own.edition = s.edition
);
