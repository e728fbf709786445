-- One row is a time a person lived in one place of today's map. `place` is NULL where the person had moved away or died.
SELECT
    k.id, p.birth_year, p.sex, b.place, p."from" AS first_day,
    LEAD(p."from") OVER (PARTITION BY k.id ORDER BY p."from") AS next_day
FROM persons AS p
JOIN person AS k ON k.person = p.person
LEFT JOIN border AS b ON b.code = p.municipality;
