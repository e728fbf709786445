-- A published study's rows, in the order of its file.
SELECT region_code, period, later, age_group, subgroup, destination, persons, count, share
FROM outcome
WHERE study = $study
ORDER BY line;
