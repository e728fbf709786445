"""The commands on experiments: one JSON object out, in the reader's language, refusals with code and cure."""

import json

import pytest

from analytics.__main__ import main


def run(capsys, *arguments) -> tuple[int, dict]:
    code = main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def design(tmp_path):
    path = tmp_path / "design.toml"
    path.write_text('[design]\narm = "gruppe"\nevents = "i_jobb"\n', encoding="utf-8")
    return path


@pytest.mark.long
def test_a_semicolon_file_with_norwegian_letters_is_evaluated(design, tmp_path, capsys) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("gruppe;n;i_jobb\nkontroll;80;48\nnå;70;56\n".encode("iso-8859-1"))
    code, answer = run(capsys, "evaluate", design, table, "--lang", "nb")
    assert code == 0
    assert (round(answer["low"], 2), round(answer["high"], 2)) == (5.24, 33.39)
    assert answer["n"] == {"kontroll": 80, "nå": 70}


@pytest.mark.parametrize(("lang", "word"), [("nb", "Mente du"), ("en", "Did you mean")])
def test_a_refusal_has_code_place_and_cure(design, tmp_path, capsys, lang, word) -> None:
    table = tmp_path / "table.csv"
    table.write_text("grupper,n,i_jobb\nkontroll,80,48\nny,70,56\n", encoding="utf-8")
    code, answer = run(capsys, "evaluate", design, table, "--lang", lang)
    assert (code, answer["error"]["code"]) == (1, "E01")
    assert word in answer["error"]["do"]
    assert "grupper" in answer["error"]["do"]


def test_several_problems_are_all_in_the_answer(tmp_path, capsys) -> None:
    (tmp_path / "d.toml").write_text('[design]\narm = "x"\nunit = "y"\noutcome = "z"\n', encoding="utf-8")
    (tmp_path / "t.csv").write_text("a,b,z\n1,2,3\n4,5,6\n", encoding="utf-8")
    code, answer = run(capsys, "evaluate", tmp_path / "d.toml", tmp_path / "t.csv")
    assert code == 1
    assert [error["code"] for error in answer["errors"]] == ["E01", "E01"]


@pytest.mark.parametrize(
    ("content", "refusal", "named"),
    [
        ("", "toml_missing", "design"),
        ("[design]\nmethd = 'rct'", "toml_unknown_key_near", "method"),
        ("[design]\nmethod = 'rtc'", "toml_unknown_name_near", "rct"),
        ("not toml", "toml_broken", "not toml"),
        ("[other]\na = 1", "toml_missing", "design"),
    ],
)
def test_a_design_that_is_not_understood_is_refused(tmp_path, capsys, content, refusal, named) -> None:
    (tmp_path / "d.toml").write_text(content, encoding="utf-8")
    (tmp_path / "t.csv").write_text("arm,n,events\n1,20,3\n0,20,6\n", encoding="utf-8")
    code, answer = run(capsys, "evaluate", tmp_path / "d.toml", tmp_path / "t.csv")
    told = answer.get("errors", [answer["error"]])
    assert code == 1
    assert refusal in {each["code"] for each in told}
    assert any(named in each["says"] + each["do"] for each in told)
    assert all(each["file"] == "d.toml" for each in told)


def test_a_missing_file_is_an_answer_not_a_traceback(design, tmp_path, capsys) -> None:
    code, answer = run(capsys, "evaluate", design, tmp_path / "none.csv")
    assert (code, answer["error"]["code"]) == (1, "no_file")
    code, answer = run(capsys, "evaluate", tmp_path / "none.toml", tmp_path / "none.csv")
    assert (code, answer["error"]["code"]) == (1, "toml_no_file")


@pytest.mark.long
def test_pooling_reads_effects_or_counts(tmp_path, capsys) -> None:
    table = tmp_path / "schools.csv"
    table.write_text("school,estimate,se\nA,28,15\nB,8,10\nC,-3,16\nD,7,11\nE,-1,9\nF,1,11\nG,18,10\nH,12,18\n")
    _, answer = run(capsys, "pool", table)
    assert (round(answer["pooled"], 2), round(answer["se"], 2)) == (7.69, 4.07)
    assert [line["label"] for line in answer["shrunken"]] == list("ABCDEFGH")
    table.write_text("trial,events1,n1,events0,n0\na,4,123,11,139\nb,6,306,29,303\nc,0,50,3,50\n")
    _, answer = run(capsys, "pool", table)
    assert answer["ratio"]["pooled"] == pytest.approx(2.718281828 ** answer["pooled"])
    assert run(capsys, "pool", table, "--measure", "or")[1]["measure"] == "or"
    for rows in ("trial,or,low,high\na,2,1,4\nb,3,1,9\n", "trial,estimate,se\na,2,1\nb,3,1\n"):
        table.write_text(rows)
        code, answer = run(capsys, "pool", table, "--measure", "rr")
        assert (code, answer["error"]["code"]) == (1, "measure")
        assert all(said in answer["error"]["says"] for said in ("--measure rr", rows.split("\n")[0].split(",")[1]))
    table.write_text("trial,effect\na,4\n")
    code, answer = run(capsys, "pool", table)
    assert (code, answer["error"]["code"]) == (1, "E01")


def test_one_trial_is_told_as_itself_without_prediction(tmp_path, capsys) -> None:
    table = tmp_path / "one.csv"
    table.write_text("estimate,se\n2,1\n")
    _, answer = run(capsys, "pool", table)
    assert (answer["pooled"], answer["se"], answer["prediction"]) == (2.0, 1.0, None)


def test_p_values_are_adjusted_from_arguments_or_a_file(tmp_path, capsys) -> None:
    _, answer = run(capsys, "adjust", "0.01", "0.04,0.03")
    assert answer["holm"]["adjusted"] == pytest.approx([0.03, 0.06, 0.06])
    (tmp_path / "p.csv").write_text("outcome,p\na,0.01\nb,0.04\nc,0.03\n")
    _, again = run(capsys, "adjust", tmp_path / "p.csv")
    assert again["holm"] == answer["holm"]
    code, refused = run(capsys, "adjust", "0.01", "1.2")
    assert (code, refused["error"]["code"]) == (1, "statistics_input")
    code, refused = run(capsys, "adjust", "ja")
    assert (code, refused["error"]["code"]) == (1, "table")


@pytest.mark.long
def test_power_answers_how_many_and_how_small(capsys) -> None:
    _, answer = run(capsys, "power", "--effect", "0.5")
    assert (round(answer["n_per_arm_exact"], 2), answer["n_per_arm"], answer["n"]) == (63.77, 64, 128)
    _, uneven = run(capsys, "power", "--effect", "0.5", "--share", "0.2")
    assert uneven["n"] > answer["n"]
    assert uneven["n_control"] >= 4 * uneven["n_treated"] - 4
    arguments = ("power", "--clusters", 8, "--cluster-size", 50, "--icc", 0.05, "--base-rate", 0.4, "--lang", "nb")
    _, clustered = run(capsys, *arguments)
    _, single = run(capsys, "power", "--n", 400, "--base-rate", 0.4)
    assert clustered["smallest_detectable_effect"] > 1.5 * single["smallest_detectable_effect"]
    assert "8 klynger" in clustered["sentence"]
    code, refused = run(capsys, "power")
    assert (code, refused["error"]["code"]) == (1, "design")


@pytest.mark.long
def test_power_at_the_smallest_detectable_effect_is_the_power_asked_for(capsys) -> None:
    _, plan = run(capsys, "power", "--n", 300)
    _, back = run(capsys, "power", "--n", 300, "--effect", plan["smallest_detectable_effect"])
    assert back["power_at_effect"] == pytest.approx(0.8, abs=1e-6)
