-- The three five-year age groups of one indicator, region and sex, all years of one edition: comparisons stay within one
-- edition. The edition is the one asked for, else the one with most years with a count, the newest of those.
WITH chosen AS (
    SELECT o.edition
    FROM observation AS o
    JOIN edition AS e USING (edition)
    WHERE o.indicator = $indicator AND o.region_code = $region AND o.age_group = '20-24' AND o.count IS NOT NULL
        AND ($edition IS NULL OR o.edition = $edition)
    GROUP BY o.edition, e.published
    ORDER BY count(DISTINCT o.period) DESC, e.published DESC, o.edition DESC
    LIMIT 1
)
SELECT
    o.region_code, o.sex, CAST(o.period AS INTEGER) AS year, o.age_group, o.count, o.population, o.status,
    o.parts_missing, o.edition
FROM observation AS o
JOIN chosen USING (edition)
WHERE o.indicator = $indicator AND o.region_code = $region AND o.sex = $sex
    AND o.age_group IN ('15-19', '20-24', '25-29')
ORDER BY o.age_group, year;
