-- The figures of a pivot, each a sum of {parts} published ones that share no person: unknown where one of them is.
SELECT
    {shown},
    CASE WHEN count(count) = {parts} THEN sum(count) END AS count,
    CASE WHEN count(population) = {parts} THEN sum(population) END AS population,
    CASE WHEN count(count) = {parts} AND count(population) = {parts} AND sum(population) > 0
         THEN sum(count) / sum(population) END AS value,
    CASE WHEN bool_or(status = 'suppressed') THEN 'suppressed' WHEN count(count) < {parts} THEN 'missing'
         WHEN bool_or(status = 'preliminary') THEN 'preliminary' ELSE 'final' END AS status,
    sum(parts_missing) AS parts_missing,
    any_value(edition) AS edition
FROM figures
WHERE indicator = {indicator} AND region_code IN ({regions}) AND age_group IN ({ages}) AND sex IN ({sexes})
    AND (period, edition) IN ({editions})
GROUP BY {shown}
ORDER BY {shown};
