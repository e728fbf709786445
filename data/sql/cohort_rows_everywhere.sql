-- The three five-year age groups of one indicator and sex, all regions and years of one edition, with the region's level.
WITH chosen AS (
    SELECT o.edition
    FROM observation AS o
    JOIN edition AS e USING (edition)
    WHERE o.indicator = $indicator AND o.age_group = '20-24' AND o.count IS NOT NULL
        AND ($edition IS NULL OR o.edition = $edition)
    GROUP BY o.edition, e.published
    ORDER BY count(DISTINCT o.period) DESC, e.published DESC, o.edition DESC
    LIMIT 1
)
SELECT
    o.region_code, r.level, o.sex, CAST(o.period AS INTEGER) AS year, o.age_group, o.count, o.population, o.status,
    o.parts_missing, o.edition
FROM observation AS o
JOIN chosen USING (edition)
JOIN region AS r ON r.code = o.region_code
WHERE o.indicator = $indicator AND o.sex = $sex AND o.age_group IN ('15-19', '20-24', '25-29')
ORDER BY o.region_code, o.age_group, year;
