-- What other editions say of one indicator at one time, where they say something else: a row is one region's newest
-- final figure, else its newest preliminary one, that differs from the edition in use in its status or as printed.
SELECT o.region_code, o.value, o.status, o.edition
FROM observation AS o
JOIN edition AS e USING (edition)
LEFT JOIN observation AS used
    ON used.indicator = o.indicator AND used.edition = $edition AND used.region_code = o.region_code
    AND used.age_group = o.age_group AND used.sex = o.sex AND used.period = o.period
WHERE
    o.indicator = $indicator AND o.age_group = $age_group AND o.sex = $sex AND o.period = $period
    AND o.edition <> $edition AND o.value IS NOT NULL
    AND (round(o.value, 3), o.status) IS DISTINCT FROM (round(used.value, 3), used.status)
QUALIFY row_number() OVER (
    PARTITION BY o.region_code ORDER BY o.status = 'final' DESC, e.published DESC, o.edition
) = 1
ORDER BY o.region_code;
