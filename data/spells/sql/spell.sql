-- One row is a spell: a person's number, the state's place in the order of precedence, its first and its last day.
SELECT k.id, o.rank, s."from" AS first_day, s."to" AS last_day
FROM spells AS s
JOIN person AS k ON k.person = s.person
JOIN state_order AS o ON o.state = s.state;
