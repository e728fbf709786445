-- The cells that a build shows, once for each delivery; in no order, for it is large.
SELECT e.source, o.indicator, o.period, o.region_code, o.age_group, o.sex
FROM observation AS o JOIN edition AS e USING (edition)
WHERE o.status IN ('final', 'preliminary') AND o.derived IS NULL
UNION ALL
SELECT e.source, concat_ws('/', t.measure, t.origin, t.interval_months, t.destination) AS indicator,
    t.cohort AS period, t.region_code, t.age_group, t.sex
FROM transition AS t JOIN edition AS e USING (edition)
WHERE t.status IN ('final', 'preliminary');
