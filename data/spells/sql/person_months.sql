-- One row is a person in a month: age (reached within the year), sex, place and the one state on the month's day.
-- Of overlapping spells the first in the order of precedence holds; without any, the person is outside without benefit.
SELECT
    r.id, d.month, CAST(d.year - r.birth_year AS INTEGER) AS age, r.sex, r.place,
    CAST(CASE WHEN r.place IS NULL THEN d.gone ELSE COALESCE(s.rank, d.without_spell) END AS INTEGER) AS state
FROM residence AS r
CROSS JOIN step AS d
LEFT JOIN (
    SELECT p.id, MIN(p.rank) AS rank
    FROM spell AS p
    CROSS JOIN step AS t
    WHERE p.first_day <= t.day AND COALESCE(p.last_day, t.day) >= t.day
    GROUP BY p.id
) AS s ON s.id = r.id
WHERE
    r.first_day <= d.day AND (r.next_day IS NULL OR r.next_day > d.day)
    AND d.year - r.birth_year BETWEEN d.youngest AND d.followed_to;
