-- What is known of the quality of each delivery: cells that are hidden, missing, or a least.
SELECT
    o.indicator, o.edition,
    count(*) AS cells,
    count(*) FILTER (o.status = 'suppressed') AS suppressed,
    count(*) FILTER (o.status = 'missing') AS missing,
    count(*) FILTER (o.parts_missing > 0 AND o.count IS NOT NULL) AS lower_bounds,
    count(*) FILTER (o.derived IS NOT NULL) AS derived,
    count(*) FILTER (o.status = 'preliminary') AS preliminary
FROM observation AS o
GROUP BY ALL
ORDER BY ALL;
