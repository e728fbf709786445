-- One indicator at one time in every region of a level, in one edition.
SELECT
    o.region_code, o.period, o.count, o.population, o.value, o.status, o.parts_missing, o.derived,
    o.edition
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
WHERE
    o.indicator = $indicator AND o.edition = $edition AND o.age_group = $age_group AND o.sex = $sex
    AND o.period = $period AND r.level = $level
ORDER BY o.region_code;
