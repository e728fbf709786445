-- One indicator over time in some regions, joined from editions: a row is one region, period, age group and sex.
-- Within a period all rows stand in one edition, so that what is drawn or tested side by side can be compared. It is
-- the edition that holds most of the first region, then most of the others, then most counts and populations (a share
-- alone never replaces them), then most final figures; of editions alike in this, the newest. A missing figure and a
-- sum with a hidden part hold nothing. What one edition hides is hidden in every other.
WITH cell AS (
    SELECT
        o.*, e.published,
        o.status = 'suppressed' AND o.derived IS NULL AS hidden,
        bool_or(o.status = 'suppressed' AND o.derived IS NULL)
            OVER (PARTITION BY o.region_code, o.period, o.age_group, o.sex) AS hidden_somewhere
    FROM observation AS o
    JOIN edition AS e USING (edition)
    WHERE
        o.indicator = $indicator AND ($period IS NULL OR o.period = $period)
        AND o.region_code IN (SELECT unnest($regions))
        AND list_contains($age_groups, o.age_group) AND list_contains($sexes, o.sex)
),
shown AS (
    SELECT *, hidden OR status IN ('final', 'preliminary') AS holds FROM cell WHERE hidden OR NOT hidden_somewhere
),
chosen AS (
    SELECT period, edition
    FROM shown
    GROUP BY period, edition
    QUALIFY row_number() OVER (
        PARTITION BY period
        ORDER BY
            count(*) FILTER (holds AND region_code = list_extract($regions, 1)) DESC,
            count(*) FILTER (holds) DESC,
            count(count) + (count(population) FILTER (holds)) DESC,
            count(*) FILTER (status = 'final') DESC,
            max(published) DESC, edition
    ) = 1
)
SELECT
    s.region_code, s.age_group, s.sex, s.period, s.count, s.population, s.value, s.status, s.parts_missing, s.derived,
    s.edition
FROM shown AS s
JOIN chosen USING (period, edition)
ORDER BY s.region_code, s.age_group, s.sex, s.period;
