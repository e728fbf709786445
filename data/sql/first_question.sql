-- A question to begin with: the county's municipalities, the highest share first.
SELECT region_name, period, count, population, round(100 * value, 1) AS percent, edition
FROM figures
WHERE indicator = 'neet_register' AND level = 'municipality' AND county = '42'
  AND age_group = '15-29' AND sex = 'both' AND period = '2024'
ORDER BY percent DESC
