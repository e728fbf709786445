-- One row is a person: a number in place of the pseudonym, in the pseudonyms' order.
SELECT known.person, CAST(ROW_NUMBER() OVER (ORDER BY known.person) AS BIGINT) AS id
FROM (SELECT DISTINCT person FROM persons) AS known;
