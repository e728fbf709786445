-- One row is a cell: how many residents of a place, age group and sex were in a state in a month.
SELECT m.month, m.place, a.age_group, m.sex, m.state, CAST(COUNT(*) AS BIGINT) AS persons
FROM person_months AS m
JOIN age_group AS a ON a.age = m.age
WHERE m.place IS NOT NULL
GROUP BY m.month, m.place, a.age_group, m.sex, m.state;
