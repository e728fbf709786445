-- The parts of a statement, as JSON: what it reads and which functions it calls.
SELECT json_serialize_sql($text, skip_null := true, skip_empty := true, skip_default := true) AS parts;
