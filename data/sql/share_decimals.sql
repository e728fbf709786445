-- With how many decimals each delivery prints the shares whose population it does not give: the most of any share of
-- the same level and period (a share ending in 0 shows one less).
SELECT
    o.edition, r.level, o.period,
    max(length(rtrim(split_part(CAST(CAST(o.value AS DECIMAL(18, 9)) AS VARCHAR), '.', 2), '0'))) AS decimals
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
WHERE o.indicator = $indicator AND o.population IS NULL AND o.value IS NOT NULL
GROUP BY o.edition, r.level, o.period
ORDER BY o.edition, r.level, o.period;
