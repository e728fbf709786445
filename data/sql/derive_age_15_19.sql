-- Age 15–19 of the register NEET is 15–29 minus 20–24 minus 25–29, in the same edition. Where one of the three is
-- unknown, or is a sum with an unknown part, the difference is unknown too. Where 15–19 is delivered, it stands alone.
INSERT INTO observation BY NAME
WITH wide AS (
    SELECT
        indicator, region_code, period, sex, edition,
        sum(CASE age_group WHEN '15-29' THEN population ELSE -population END) AS population,
        sum(CASE age_group WHEN '15-29' THEN count ELSE -count END) AS difference,
        bool_and(count IS NOT NULL AND parts_missing = 0) AS known,
        max(CASE age_group WHEN '15-29' THEN status END) AS status,
        bool_or(status = 'suppressed') AS suppressed
    FROM observation
    WHERE indicator = 'neet_register' AND age_group IN ('15-29', '20-24', '25-29') AND population IS NOT NULL
    GROUP BY ALL
    HAVING count(*) = 3
),
delivered AS (
    SELECT indicator, region_code, period, sex, edition
    FROM observation
    WHERE indicator = 'neet_register' AND age_group = '15-19'
)
SELECT
    indicator, region_code, period, '15-19' AS age_group, sex,
    CASE WHEN known AND difference >= 0 THEN difference END AS count,
    population,
    CASE WHEN known AND difference >= 0 AND population > 0 THEN difference / population END AS value,
    CASE WHEN known AND difference >= 0 THEN status WHEN suppressed THEN 'suppressed' ELSE 'missing' END AS status,
    '15-29 minus 20-24 minus 25-29' AS derived,
    edition
FROM wide
ANTI JOIN delivered USING (indicator, region_code, period, sex, edition);
