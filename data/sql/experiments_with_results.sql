-- Every experiment of which results or durations are delivered, whether a file or the programme's records hold it.
SELECT experiment FROM experiment_cell
UNION
SELECT experiment FROM experiment_duration;
