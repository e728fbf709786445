-- Completion of and leaving from upper secondary, of a county of today and the counties it was made of, as published.
SELECT
    o.indicator, o.region_code, o.period, o.sex, o.count, o.value, o.status, o.edition,
    r.valid_to IS NULL AS borders_of_today
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
WHERE o.indicator IN ('upper_secondary_completed', 'upper_secondary_quit') AND o.sex = $sex
    AND o.region_code IN (SELECT unnest($regions))
ORDER BY o.indicator, o.region_code, o.period;
