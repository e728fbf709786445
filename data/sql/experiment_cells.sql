-- An experiment's results as its newest delivery holds it, in the order of the file.
WITH newest AS (
    SELECT e.edition
    FROM experiment_cell AS r
    JOIN edition AS e USING (edition)
    WHERE r.experiment = $experiment
    ORDER BY e.published DESC, e.edition DESC
    LIMIT 1
)
SELECT r.*
FROM experiment_cell AS r
JOIN newest AS n USING (edition)
WHERE r.experiment = $experiment
ORDER BY r.line;
