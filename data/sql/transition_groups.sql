-- What flow data there are: regions, cohorts, ages, origins and intervals, by edition.
SELECT DISTINCT
    t.measure, t.region_code, t.cohort, t.age_group, t.sex, t.origin, t.interval_months, t.edition, e.example
FROM transition AS t
JOIN edition AS e USING (edition)
WHERE t.destination = 'total'
ORDER BY ALL;
