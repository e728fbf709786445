-- One row: how many keys of eleven digits pass both check digits of a fødselsnummer or D-number.
SELECT CAST(COUNT(*) AS BIGINT) AS broken
FROM (
    SELECT
        CAST(SUBSTRING(person, 1, 1) AS INTEGER) AS a, CAST(SUBSTRING(person, 2, 1) AS INTEGER) AS b,
        CAST(SUBSTRING(person, 3, 1) AS INTEGER) AS c, CAST(SUBSTRING(person, 4, 1) AS INTEGER) AS d,
        CAST(SUBSTRING(person, 5, 1) AS INTEGER) AS e, CAST(SUBSTRING(person, 6, 1) AS INTEGER) AS f,
        CAST(SUBSTRING(person, 7, 1) AS INTEGER) AS g, CAST(SUBSTRING(person, 8, 1) AS INTEGER) AS h,
        CAST(SUBSTRING(person, 9, 1) AS INTEGER) AS i, CAST(SUBSTRING(person, 10, 1) AS INTEGER) AS j,
        CAST(SUBSTRING(person, 11, 1) AS INTEGER) AS k
    FROM (
        SELECT REPLACE(REPLACE(person, ' ', ''), '-', '') AS person
        FROM (SELECT person FROM persons UNION ALL SELECT person FROM spells) AS every
    ) AS keys
    WHERE LENGTH(person) = 11 AND LENGTH(TRANSLATE(person, '0123456789', '')) = 0
) AS digits
WHERE
    MOD(3 * a + 7 * b + 6 * c + d + 8 * e + 9 * f + 4 * g + 5 * h + 2 * i + j, 11) = 0
    AND MOD(5 * a + 4 * b + 3 * c + 2 * d + 7 * e + 6 * f + 5 * g + 4 * h + 3 * i + 2 * j + k, 11) = 0;
