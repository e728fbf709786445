-- What each indicator counts, with its unit and the breaks of its series.
CREATE VIEW indicators AS
SELECT
    id AS indicator, family, label_nb, label_en, unit_nb, unit_en, numerator_nb, numerator_en,
    denominator_nb, denominator_en, publisher, frequency, polarity, array_to_string(breaks, ', ') AS breaks
FROM indicator;
