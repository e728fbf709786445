-- One row is a municipality of today (or a county, of one that was divided) in which somebody has lived.
SELECT DISTINCT place FROM residence WHERE place IS NOT NULL;
