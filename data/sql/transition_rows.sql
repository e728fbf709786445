-- The transitions of one origin region, with the delivery's example mark. NULL parameters leave a dimension open.
-- Last stands what a reader is shown first: real figures after examples, the newest cohort, the newest edition,
-- and of its age groups the widest.
SELECT
    t.measure, t.region_code, t.cohort, t.age_group, t.sex, t.origin, t.destination, t.interval_months,
    t.count, t.low, t.high, t.status, t.edition, e.example, e.citation, e.published
FROM transition AS t
JOIN edition AS e USING (edition)
WHERE t.region_code = $region AND t.sex = $sex AND t.measure = $measure
    AND ($origin IS NULL OR t.origin = $origin) AND ($cohort IS NULL OR t.cohort = $cohort)
ORDER BY e.example DESC, t.cohort, e.published, t.edition,
    COALESCE(TRY_CAST(split_part(t.age_group, '-', 2) AS INTEGER) - TRY_CAST(split_part(t.age_group, '-', 1) AS INTEGER), 0),
    t.age_group, t.origin, t.interval_months, t.destination;
