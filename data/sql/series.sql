-- One indicator over time for some regions, in one edition.
SELECT
    o.region_code, o.period, o.count, o.population, o.value, o.status, o.parts_missing, o.derived
FROM observation AS o
WHERE
    o.indicator = $indicator AND o.edition = $edition AND o.age_group = $age_group AND o.sex = $sex
    AND list_contains($regions, o.region_code)
ORDER BY o.region_code, o.period;
