-- What a build of an older release hides: it did not keep under which rule. Sums made here were never printed.
SELECT DISTINCT e.source, o.indicator, o.period, o.region_code, o.age_group, o.sex
FROM observation AS o JOIN edition AS e USING (edition)
WHERE o.status = 'suppressed' AND o.derived IS NULL
UNION
SELECT DISTINCT e.source, concat_ws('/', t.measure, t.origin, t.interval_months, t.destination) AS indicator,
    t.cohort AS period, t.region_code, t.age_group, t.sex
FROM transition AS t JOIN edition AS e USING (edition)
WHERE t.status = 'suppressed'
ORDER BY ALL;
