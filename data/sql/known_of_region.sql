-- The age groups of each indicator that have a figure in one region.
SELECT DISTINCT indicator, age_group
FROM observation
WHERE region_code = $region AND (count IS NOT NULL OR value IS NOT NULL)
ORDER BY ALL;
