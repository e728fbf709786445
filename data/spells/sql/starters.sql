-- One row is a person of a year's cohort of a state: the first month of the year in which the person came into it.
SELECT e.id, e.origin, e.month, e.place, a.age_group, e.sex
FROM entries AS e
JOIN (
    SELECT id, origin, MIN(month) AS month
    FROM entries
    GROUP BY id, origin
) AS f ON f.id = e.id AND f.origin = e.origin AND f.month = e.month
JOIN age_group AS a ON a.age = e.age;
