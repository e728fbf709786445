"""The examples in the README work as they stand, from files, through the command line."""

import json
import re
import tomllib

import polars as pl
import pytest

from analytics.__main__ import main
from analytics.experiments import Design, evaluate
from analytics.experiments.estimators.base import ESTIMATORS
from data import paths

README = paths.ROOT / "analytics" / "experiments" / "README.md"
EXAMPLES = re.findall(
    r"### (\w+)\n\n```toml\n(.*?)```\n\n```csv\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
)
KEYS = {"value", "se", "se_ols", "df", "low", "high", "level", "p", "p_randomisation", "n", "method", "verdict",
        "sentence", "grade", "aggregation", "by_time", "notes"}  # fmt: skip


def test_there_is_one_example_a_method_and_one_of_durations() -> None:
    assert [name for name, _, _ in EXAMPLES] == ["rct", "cluster_rct", "staggered", "before_after", "duration"]


@pytest.mark.long
@pytest.mark.parametrize(("name", "design", "table"), EXAMPLES)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_an_example_is_evaluated_from_files(name, design, table, lang, tmp_path, capsys) -> None:
    (tmp_path / "design.toml").write_text(design, encoding="utf-8")
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    code = main(["evaluate", str(tmp_path / "design.toml"), str(tmp_path / "table.csv"), "--json", "--lang", lang])
    answer = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(answer) >= KEYS
    assert answer["low"] < answer["value"] < answer["high"]
    assert answer["verdict"] == "better"


def test_every_key_in_the_readme_is_a_key_of_the_design() -> None:
    table = README.read_text(encoding="utf-8").split("## Keys")[1].split("## Conventions")[0]
    named = {
        key
        for line in table.splitlines()
        if line.startswith("| `")
        for key in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert named == set(Design.__dataclass_fields__)


def test_an_estimator_is_added_in_a_few_lines() -> None:
    code = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[0]
    exec(compile(code, "README", "exec"), {})  # the reader's own lines
    table = pl.DataFrame({"arm": ["control"] * 3 + ["new"] * 3, "y": [1.0, 2.0, 9.0, 4.0, 5.0, 30.0]})
    found = evaluate(Design(outcome="y", estimator="difference_in_medians"), table)
    del ESTIMATORS["difference_in_medians"]
    assert (found.value, found.se) == (3.0, None)
    assert tomllib.loads(EXAMPLES[0][1])["design"]["method"] == "rct"
