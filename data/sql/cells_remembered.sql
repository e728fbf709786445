-- What a build and those before it have hidden, and under which rule.
SELECT source, indicator, period, region_code, age_group, sex, hidden, threshold, max_suppressed_count,
    zeros_published, protected
FROM remembered_cell
ORDER BY ALL;
