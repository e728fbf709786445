"""The table of what is measured apart from pages: one line each."""

from tests.bench import sides_data, sides_door, sides_experiments, sides_models, sides_records, sizes
from tests.bench.registry import Line, Size

CHEAP = ("build", "ranking", "duckdb_file")
"""What the tests of these measurements run once."""

LINES: tuple[Line | Size, ...] = (
    Line("build", 5.0, sides_data.build),
    Line("protection", 0.3, sides_data.protection),
    Line("workbook", 3.0, sides_door.workbook),
    Size("workbook_memory", 150.0, sides_door.workbook_memory),
    Line("ranking", 3.0, sides_data.ranking),
    Size("duckdb_file", 20.0, sizes.duckdb_file),
    Size("server_memory", 400.0, sizes.server_memory),
    Line("cohort_model", 1.5, sides_models.cohort_model),
    Line("re_randomisation", 1.3, sides_experiments.re_randomisation),
    Line("wild_bootstrap", 1 / 20, sides_experiments.wild_bootstrap),
    Line("staggered", 0.1, sides_experiments.staggered),
    Line("staggered_evaluate", 0.25, sides_experiments.staggered_evaluate),
    Size("staggered_large_memory", 1000.0, sides_experiments.large_staggered_memory),
    Line("appraisal", 2.0, sides_models.appraisal),
    Line("appraisal_of_a_mix", 2.0, sides_models.appraisal_of_a_mix),
    Line("programme", 12.0, sides_models.programme),
    Line("note", 20.0, sides_models.note),
    Line("record_save", 2.0, sides_records.save),
    Line("record_replay", 1.5, sides_records.replay),
)
