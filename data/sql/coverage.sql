-- What is loaded of each indicator: by edition, level, age group and sex, with how many regions and which periods.
SELECT
    o.indicator, o.edition, r.level, o.age_group, o.sex,
    count(DISTINCT o.region_code) AS regions,
    min(o.period) AS first_period, max(o.period) AS last_period, count(DISTINCT o.period) AS periods,
    count(*) FILTER (o.status = 'suppressed') AS suppressed,
    count(*) FILTER (o.status = 'missing') AS missing,
    count(*) FILTER (o.parts_missing > 0) AS lower_bounds
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
GROUP BY ALL
ORDER BY ALL;
