-- One row is a cell: how many of a cohort were in a state so many months after they came into theirs.
SELECT s.place, s.age_group, s.sex, s.origin, m.state AS destination, CAST(COUNT(*) AS BIGINT) AS persons
FROM starters AS s
CROSS JOIN step AS d
JOIN person_months AS m ON m.id = s.id AND m.month = s.month + d.months
GROUP BY s.place, s.age_group, s.sex, s.origin, m.state;
