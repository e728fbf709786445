-- One row: the first and the last day on which a spell began: what the spells tell of.
SELECT MIN("from") AS first_day, MAX("from") AS last_day
FROM spells;
