-- The editions that hold a region for an indicator, age group and sex: the widest first, then the newest.
WITH wide AS (
    SELECT o.edition, count(DISTINCT o.region_code) AS regions, bool_or(o.region_code = $region) AS covers
    FROM observation AS o
    WHERE o.indicator = $indicator AND o.age_group = $age_group AND o.sex = $sex
    GROUP BY o.edition
)
SELECT w.edition, w.regions, e.published
FROM wide AS w
JOIN edition AS e USING (edition)
WHERE w.covers
ORDER BY w.regions DESC, e.published DESC, w.edition;
