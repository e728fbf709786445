-- A county as the sum of those of its municipalities that have every number of every year and age; `left_out` names the
-- others, and `whole_population` is the county's with them, so that the reader sees how much is covered.
WITH chosen AS (
    SELECT o.edition
    FROM observation AS o
    JOIN edition AS e USING (edition)
    JOIN region AS r ON r.code = o.region_code
    WHERE o.indicator = $indicator AND r.county = $region AND r.level = 'municipality' AND r.valid_to IS NULL
        AND o.age_group = '20-24' AND o.count IS NOT NULL AND ($edition IS NULL OR o.edition = $edition)
    GROUP BY o.edition, e.published
    ORDER BY count(DISTINCT o.period) DESC, e.published DESC, o.edition DESC
    LIMIT 1
),
cell AS (
    SELECT o.*, o.count IS NOT NULL AND o.parts_missing = 0 AND o.population IS NOT NULL AS known
    FROM observation AS o
    JOIN chosen USING (edition)
    JOIN region AS r ON r.code = o.region_code
    WHERE o.indicator = $indicator AND r.county = $region AND r.level = 'municipality' AND r.valid_to IS NULL
        AND o.sex = $sex AND o.age_group IN ('15-19', '20-24', '25-29')
),
member AS (
    SELECT region_code, bool_and(known) AND count(*) = 3 * (SELECT count(DISTINCT period) FROM cell) AS complete
    FROM cell
    GROUP BY region_code
)
SELECT
    $region AS region_code, c.sex, CAST(c.period AS INTEGER) AS year, c.age_group,
    CAST(sum(c.count) FILTER (m.complete) AS BIGINT) AS count,
    CAST(sum(c.population) FILTER (m.complete) AS BIGINT) AS population,
    CASE WHEN bool_or(c.status = 'preliminary' AND m.complete) THEN 'preliminary' ELSE 'final' END AS status,
    CAST(0 AS BIGINT) AS parts_missing,
    c.edition,
    CAST(sum(c.population) AS BIGINT) AS whole_population,
    (SELECT list(region_code ORDER BY region_code) FROM member WHERE NOT complete) AS left_out
FROM cell AS c
JOIN member AS m USING (region_code)
GROUP BY c.sex, c.period, c.age_group, c.edition
HAVING bool_or(m.complete)
ORDER BY c.age_group, year;
