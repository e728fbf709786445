-- One row is a person of a cohort: the months until first seen in another state, and that state, packed as one number
-- (months * 100 + state); NULL where the person was seen in no other within the months that are followed.
SELECT s.id, s.place, s.age_group, s.sex, s.origin, MIN(g.packed) AS packed
FROM starters AS s
LEFT JOIN (
    SELECT b.id, b.origin, (m.month - b.month) * 100 + m.state AS packed
    FROM starters AS b
    CROSS JOIN step AS d
    JOIN person_months AS m ON m.id = b.id
    WHERE m.state <> b.origin AND m.month > b.month AND m.month <= b.month + d.months
) AS g ON g.id = s.id AND g.origin = s.origin
GROUP BY s.id, s.place, s.age_group, s.sex, s.origin;
