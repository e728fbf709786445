-- One row is a thing in the files that is handled as the documentation says, and how many rows it concerns.
SELECT 'open' AS rule, CAST(COUNT(*) AS BIGINT) AS number FROM spell WHERE last_day IS NULL
UNION ALL
SELECT 'duplicate', CAST(COALESCE(SUM(again), 0) AS BIGINT)
FROM (
    SELECT COUNT(*) - 1 AS again
    FROM spell
    GROUP BY id, rank, first_day, last_day
    HAVING COUNT(*) > 1
) AS twice
UNION ALL
SELECT 'overlap', CAST(COUNT(*) AS BIGINT)
FROM (
    SELECT
        first_day,
        MAX(COALESCE(last_day, CAST('9999-12-31' AS DATE))) OVER (
            PARTITION BY id ORDER BY first_day, rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM (SELECT DISTINCT id, rank, first_day, last_day FROM spell) AS once
) AS before
WHERE first_day <= reached
UNION ALL
SELECT 'before_residence', CAST(COUNT(*) AS BIGINT)
FROM spell AS s JOIN (SELECT id, MIN(first_day) AS first_day FROM residence GROUP BY id) AS r ON r.id = s.id
WHERE s.first_day < r.first_day
UNION ALL
SELECT 'divided', CAST(COUNT(*) AS BIGINT) FROM residence WHERE LENGTH(place) < 4
UNION ALL
SELECT 'gone', CAST(COUNT(*) AS BIGINT) FROM residence WHERE place IS NULL;
