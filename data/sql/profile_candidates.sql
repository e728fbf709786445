-- What there is of one region: each indicator, age group and sex in the edition that holds most regions of its level,
-- then the newest, at the newest period with a row for the region.
WITH member AS (
    SELECT code FROM region WHERE level = (SELECT level FROM region WHERE code = $region)
),
wide AS (
    SELECT
        o.indicator, o.edition, o.age_group, o.sex, count(DISTINCT o.region_code) AS regions,
        max(o.period) FILTER (o.region_code = $region) AS period
    FROM observation AS o
    JOIN member AS m ON m.code = o.region_code
    GROUP BY ALL
)
SELECT w.indicator, w.edition, w.age_group, w.sex, w.regions, w.period
FROM wide AS w
JOIN edition AS e USING (edition)
QUALIFY row_number() OVER (
    PARTITION BY w.indicator, w.age_group, w.sex
    ORDER BY (w.period IS NULL), w.regions DESC, e.published DESC, w.edition
) = 1
ORDER BY w.indicator, w.age_group, w.sex;
