-- Every region of a level, and the nation, at the chosen edition, age group, sex and period of each indicator.
SELECT
    o.indicator, o.edition, o.age_group, o.sex, o.period, o.region_code, r.level,
    o.count, o.population, o.value, o.status, o.parts_missing
FROM observation AS o
JOIN region AS r ON r.code = o.region_code
JOIN (
    SELECT
        unnest($indicators) AS indicator, unnest($editions) AS edition, unnest($age_groups) AS age_group,
        unnest($sexes) AS sex, unnest($periods) AS period
) AS chosen
    ON o.indicator = chosen.indicator AND o.edition = chosen.edition AND o.age_group = chosen.age_group
    AND o.sex = chosen.sex AND o.period = chosen.period
WHERE r.level IN ($level, 'nation')
ORDER BY ALL;
