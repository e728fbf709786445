-- The flows of a pivot: of those who started in a group, how many went where. A cell is a sum of {parts} counts that
-- share no person, unknown where one of them is. Filled in by analytics.pivot.followed; what it prints runs alone.
WITH started AS (
    SELECT
        *,
        max(count) FILTER (WHERE destination = 'total')
            OVER (PARTITION BY region_code, cohort, age_group, sex, origin, edition{interval}) AS population
    FROM flows
    WHERE measure = {measure}
)
SELECT
    {shown},
    CASE WHEN count(count) = {parts} THEN sum(count) END AS count,
    CASE WHEN count(population) = {parts} THEN sum(population) // {ways} END AS population,
    CASE WHEN count(count) = {parts} AND count(population) = {parts} AND sum(population) > 0
         THEN sum(count) * {ways} / sum(population) END AS value,
    CASE WHEN bool_or(status = 'suppressed') THEN 'suppressed' WHEN count(count) < {parts} THEN 'missing'
         WHEN bool_or(status = 'preliminary') THEN 'preliminary' ELSE 'final' END AS status,
    0 AS parts_missing,
    any_value(edition) AS edition
FROM started
WHERE {chosen} AND (cohort, edition) IN ({editions})
GROUP BY {shown}
ORDER BY {shown};
