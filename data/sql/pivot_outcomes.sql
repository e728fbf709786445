-- The results of a study in a pivot, each as it is published. Filled in by analytics.pivot.followed; runs alone.
SELECT
    {shown}, count, persons AS population, share AS value,
    CASE WHEN count IS NULL AND share IS NULL THEN 'missing' ELSE 'final' END AS status,
    0 AS parts_missing, study AS edition
FROM outcomes
WHERE study = {study} AND {chosen}
ORDER BY {shown};
