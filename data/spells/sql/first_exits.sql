-- One row is a cell: how many of a cohort first left their state by a month (and after the one before), and which way.
SELECT x.place, x.age_group, x.sex, x.origin, t.told AS months, w.way AS destination, CAST(COUNT(*) AS BIGINT) AS persons
FROM exit_times AS x
JOIN exit_span AS t ON t.months = FLOOR(x.packed / 100)
JOIN way AS w ON w.state = x.packed - FLOOR(x.packed / 100) * 100
GROUP BY x.place, x.age_group, x.sex, x.origin, t.told, w.way;
