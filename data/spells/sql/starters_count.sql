-- One row is a cell: how many of a place (where they lived as they came), age group and sex came into a state.
SELECT s.place, s.age_group, s.sex, s.origin, CAST(COUNT(*) AS BIGINT) AS persons
FROM starters AS s
GROUP BY s.place, s.age_group, s.sex, s.origin;
