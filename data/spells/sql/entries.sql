-- One row is a person who came into a state outside: in it this month, in another the month before.
-- Who was not seen the month before is no entry: when the state began is not known.
SELECT n.id, n.state AS origin, n.month, n.place, n.age, n.sex
FROM this_month AS n
JOIN last_month AS b ON b.id = n.id
JOIN origin AS o ON o.state = n.state
JOIN age_group AS a ON a.age = n.age
WHERE b.state <> n.state AND n.place IS NOT NULL;
