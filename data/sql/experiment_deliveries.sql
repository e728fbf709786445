-- What is delivered of each experiment: table, edition, publisher and rows, the newest edition first.
WITH delivered AS (
    SELECT experiment, edition, 'results' AS delivered FROM experiment_cell
    UNION ALL
    SELECT experiment, edition, 'durations' AS delivered FROM experiment_duration
    UNION ALL
    SELECT experiment, edition, 'flow' AS delivered FROM experiment_flow
)
SELECT d.experiment, d.delivered, d.edition, e.publisher, e.published, e.file, count(*) AS rows
FROM delivered AS d
JOIN edition AS e USING (edition)
GROUP BY ALL
ORDER BY d.experiment, d.delivered DESC, e.published DESC, d.edition DESC;
