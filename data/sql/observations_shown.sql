-- The rows of one indicator as they are loaded, of one region or all.
SELECT
    o.indicator, o.region_code, r.name AS region_name, o.period, o.age_group, o.sex,
    o.count, o.population, o.value, o.status, o.parts_missing, o.derived, o.edition
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
WHERE o.indicator = $indicator AND ($region IS NULL OR o.region_code = $region)
ORDER BY o.region_code, o.age_group, o.sex, o.period, o.edition;
