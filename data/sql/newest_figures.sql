-- The newest figure of each indicator, anywhere and in one region: its period, and when an edition first had it.
WITH known AS (
    SELECT
        o.indicator, o.period, o.region_code, e.published,
        max(o.period) OVER (PARTITION BY o.indicator) AS newest
    FROM observation AS o
    JOIN edition AS e USING (edition)
    WHERE o.count IS NOT NULL OR o.value IS NOT NULL
)

SELECT
    indicator,
    max(period) AS period,
    min(published) FILTER (period = newest) AS published,
    max(period) FILTER (region_code = $region) AS period_here
FROM known
GROUP BY indicator
ORDER BY indicator;
