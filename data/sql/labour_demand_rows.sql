-- Job seekers and vacancies by occupation in a region and, of each month, the newest edition that has it.
SELECT d.region_code, d.period, d.occupation, d.job_seekers, d.vacancies, d.edition
FROM labour_demand AS d
JOIN edition AS e USING (edition)
WHERE d.region_code = $region AND ($period IS NULL OR d.period = $period)
QUALIFY rank() OVER (PARTITION BY d.period ORDER BY e.published DESC, d.edition DESC) = 1
ORDER BY d.period, d.occupation;
