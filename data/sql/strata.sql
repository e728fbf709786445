-- One indicator at one time in some regions, by age group and sex, in one edition.
SELECT
    o.region_code, o.age_group, o.sex, o.period, o.count, o.population, o.value, o.status, o.parts_missing, o.derived,
    o.edition
FROM observation AS o
WHERE
    o.indicator = $indicator AND o.edition = $edition AND o.period = $period
    AND list_contains($regions, o.region_code)
ORDER BY o.region_code, o.age_group, o.sex;
