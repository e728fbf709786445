-- One row is a group of a cohort: by which month a quarter, half and three quarters had first left their state.
-- NULL: fewer had within the months that are followed. Ranks are whole numbers, so every engine finds the same.
SELECT
    r.place, r.age_group, r.sex, r.origin, MAX(r.starters) AS starters,
    MAX(CASE WHEN r.number = FLOOR((r.starters + 3) / 4) THEN r.months END) AS first_quarter,
    MAX(CASE WHEN r.number = FLOOR((2 * r.starters + 3) / 4) THEN r.months END) AS half,
    MAX(CASE WHEN r.number = FLOOR((3 * r.starters + 3) / 4) THEN r.months END) AS third_quarter
FROM (
    SELECT
        p.told AS place, a.told AS age_group, s.told AS sex, x.origin,
        CAST(FLOOR(x.packed / 100) AS INTEGER) AS months,
        ROW_NUMBER() OVER (
            PARTITION BY p.told, a.told, s.told, x.origin
            ORDER BY CASE WHEN x.packed IS NULL THEN 1 ELSE 0 END, x.packed
        ) AS number,
        COUNT(*) OVER (PARTITION BY p.told, a.told, s.told, x.origin) AS starters
    FROM exit_times AS x
    JOIN place_margin AS p ON p.place = x.place
    JOIN age_margin AS a ON a.age_group = x.age_group
    JOIN sex_margin AS s ON s.sex = x.sex
) AS r
GROUP BY r.place, r.age_group, r.sex, r.origin;
