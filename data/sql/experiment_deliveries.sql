-- Every registered experiment with what is delivered of it, the newest edition first; NULL where nothing is.
WITH delivered AS (
    SELECT experiment, edition, 'results' AS delivered FROM experiment_cell
    UNION ALL
    SELECT experiment, edition, 'durations' AS delivered FROM experiment_duration
    UNION ALL
    SELECT experiment, edition, 'flow' AS delivered FROM experiment_flow
)
SELECT
    x.key AS experiment, x.title_nb, x.title_en, x.standing, x.registered, x.published AS literature, x.example,
    d.delivered, d.edition, e.publisher, e.published, e.file, count(d.edition) AS rows
FROM experiment AS x
LEFT JOIN delivered AS d ON d.experiment = x.key
LEFT JOIN edition AS e USING (edition)
GROUP BY ALL
ORDER BY x.key, d.delivered DESC, e.published DESC, d.edition DESC;
