-- The deliveries that hold figures of some indicators.
SELECT DISTINCT edition FROM observation WHERE list_contains($indicators, indicator) ORDER BY edition;
