-- One row is a rule that some rows of spells or persons break, and how many do. Nothing is built while one is broken.
SELECT 'spell_person_empty' AS rule, CAST(COUNT(*) AS BIGINT) AS broken FROM spells WHERE person IS NULL
UNION ALL
SELECT 'spell_without_start', CAST(COUNT(*) AS BIGINT) FROM spells WHERE "from" IS NULL
UNION ALL
SELECT 'spell_ends_before_start', CAST(COUNT(*) AS BIGINT) FROM spells WHERE "to" < "from"
UNION ALL
SELECT 'spell_state_unknown', CAST(COUNT(*) AS BIGINT)
FROM spells AS s LEFT JOIN state_order AS o ON o.state = s.state
WHERE o.state IS NULL
UNION ALL
SELECT 'spell_person_missing', CAST(COUNT(*) AS BIGINT)
FROM spells AS s LEFT JOIN person AS k ON k.person = s.person
WHERE k.person IS NULL AND s.person IS NOT NULL
UNION ALL
SELECT 'person_empty', CAST(COUNT(*) AS BIGINT)
FROM persons
WHERE person IS NULL OR birth_year IS NULL OR sex IS NULL OR "from" IS NULL
UNION ALL
SELECT 'person_twice', CAST(COUNT(*) AS BIGINT)
FROM (SELECT person, "from" FROM persons GROUP BY person, "from" HAVING COUNT(*) > 1) AS twice
UNION ALL
SELECT 'person_changes', CAST(COUNT(*) AS BIGINT)
FROM (
    SELECT person FROM persons GROUP BY person
    HAVING MIN(birth_year) <> MAX(birth_year) OR MIN(sex) <> MAX(sex)
) AS changed
UNION ALL
SELECT 'person_sex_unknown', CAST(COUNT(*) AS BIGINT) FROM persons WHERE sex NOT IN ('female', 'male')
UNION ALL
SELECT 'person_birth_year', CAST(COUNT(*) AS BIGINT) FROM persons WHERE birth_year NOT BETWEEN 1900 AND 2100
UNION ALL
SELECT 'person_municipality_unknown', CAST(COUNT(*) AS BIGINT)
FROM persons AS p LEFT JOIN border AS b ON b.code = p.municipality
WHERE p.municipality IS NOT NULL AND b.code IS NULL;
