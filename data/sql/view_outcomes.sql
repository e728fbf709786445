-- What published studies say became of people, with the study each number is of.
CREATE VIEW outcomes AS
SELECT
    o.study, s.title_en, s.title_nb, s.publisher, s.url, s.provenance, o.region_code, o.period, o.later, o.age_group,
    o.subgroup, o.destination, o.persons, o.count, o.share
FROM outcome AS o
JOIN outcome_study AS s ON s.id = o.study;
