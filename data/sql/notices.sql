-- What new editions changed, by indicator, edition and kind.
SELECT indicator, new_edition, code, count(*) AS figures
FROM notice
GROUP BY ALL
ORDER BY ALL;
