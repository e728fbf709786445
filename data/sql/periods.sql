-- Every period an indicator is loaded for, the newest first.
SELECT DISTINCT period FROM observation WHERE indicator = $indicator ORDER BY period DESC;
