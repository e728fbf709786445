-- One row is a state of which there is at least one spell.
SELECT DISTINCT state FROM spells;
