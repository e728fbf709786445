-- What new editions changed, with the numbers that are still shown in both editions: a number that is hidden now, or whose
-- edition is no longer loaded, stands nowhere.
SELECT
    n.* REPLACE (
        CASE WHEN before.status IN ('final', 'preliminary') THEN n.old_count END AS old_count,
        CASE WHEN before.status IN ('final', 'preliminary') THEN n.old_value END AS old_value,
        CASE WHEN after.status IN ('final', 'preliminary') THEN n.new_count END AS new_count,
        CASE WHEN after.status IN ('final', 'preliminary') THEN n.new_value END AS new_value
    )
FROM notice AS n
LEFT JOIN observation AS before
    ON before.indicator = n.indicator AND before.region_code = n.region_code AND before.period = n.period
    AND before.age_group = n.age_group AND before.sex = n.sex AND before.edition = n.old_edition
LEFT JOIN observation AS after
    ON after.indicator = n.indicator AND after.region_code = n.region_code AND after.period = n.period
    AND after.age_group = n.age_group AND after.sex = n.sex AND after.edition = n.new_edition
ORDER BY ALL;
