-- The figures of a pivot, each as it is published. Filled in by analytics.pivot.figures; what it prints runs alone.
SELECT {shown}, count, population, value, status, parts_missing, edition
FROM figures
WHERE indicator = {indicator} AND region_code IN ({regions}) AND age_group IN ({ages}) AND sex IN ({sexes})
    AND (period, edition) IN ({editions})
ORDER BY {shown};
