-- Every figure that is published here, of every edition. What one edition hides is hidden in every other.
CREATE VIEW figures AS
WITH marked AS (
    SELECT
        o.*,
        o.status = 'suppressed' AND o.derived IS NULL AS hidden,
        bool_or(o.status = 'suppressed' AND o.derived IS NULL)
            OVER (PARTITION BY o.indicator, o.region_code, o.period, o.age_group, o.sex) AS hidden_somewhere
    FROM observation AS o
)
SELECT
    m.indicator, m.region_code, r.name AS region_name, r.level, r.county, m.period, m.age_group, m.sex,
    m.count, m.population, m.value, m.status, m.parts_missing, m.derived, m.edition
FROM marked AS m
JOIN region AS r ON r.code = m.region_code
WHERE m.hidden OR NOT m.hidden_somewhere;
