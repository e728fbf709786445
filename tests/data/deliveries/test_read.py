from pathlib import Path

import pytest

from data import paths
from data.deliveries.load import delivered_rows
from data.deliveries.read import problems_in, sidecars
from data.i18n import LANGUAGES
from data.ingest.contract import Problem
from data.ingest.personal_data import is_identity_number
from data.settings import settings
from data.warehouse import build, pointer
from tests.data.raw_ground import HEADER, ROWS, deliver, sidecar


def problems_of(raw: Path) -> list[Problem]:
    return sidecars(raw)[1]


def build_problems(raw: Path, var: Path) -> list[Problem]:
    with pytest.raises(ExceptionGroup) as group:
        build.build(raw, var)
    return problems_in(group.value)


def codes(found: list[Problem]) -> list[str]:
    for problem in found:
        for lang in LANGUAGES:
            assert problem.says(lang)
            assert problem.do(lang)
    return sorted(problem.code for problem in found)


def test_a_delivery_with_its_sidecar_has_no_problem(tmp_path: Path) -> None:
    deliver(tmp_path)
    found, problems = sidecars(tmp_path)
    assert problems == []
    assert [(one.edition, one.folder_source) for one in found] == [("first", "ssb")]


def test_every_delivery_of_the_project_is_cited() -> None:
    found, problems = sidecars()
    assert problems == []
    for one in found:
        assert all([one.publisher, one.title, one.source, one.published, one.accessed, one.licence, one.edition])


def test_a_missing_raw_folder_is_said(tmp_path: Path) -> None:
    assert codes(problems_of(tmp_path / "gone")) == ["raw_empty"]


def test_a_data_file_without_a_sidecar_is_named(tmp_path: Path) -> None:
    deliver(tmp_path).with_suffix(".toml").unlink()
    assert codes(problems_of(tmp_path)) == ["raw_empty", "sidecar_missing"]


def test_a_sidecar_without_its_data_file_is_named(tmp_path: Path) -> None:
    deliver(tmp_path).unlink()
    assert codes(problems_of(tmp_path)) == ["delivery_missing"]


def test_a_changed_file_is_not_what_its_sidecar_describes(tmp_path: Path) -> None:
    file = deliver(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"2400", b"2401"))
    assert codes(problems_of(tmp_path)) == ["checksum"]


@pytest.mark.parametrize("key", ["adapter", "publisher", "source", "licence", "edition", "published", "sha256"])
def test_a_sidecar_that_leaves_a_key_out_is_refused(tmp_path: Path, key: str) -> None:
    sidecar(deliver(tmp_path), **{key: None})
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.cell) == ("toml_missing", key)


def test_whoever_asks_for_rounding_is_told_where_it_is_done(tmp_path: Path) -> None:
    """In a sidecar and in a source's rule alike; what is done at load may be said."""
    raw = tmp_path / "raw"
    sidecar(deliver(raw), method="round")
    shipped = paths.shipped("settings.toml").read_text(encoding="utf-8")
    rule = tmp_path / "settings.toml"
    rule.write_text(shipped.replace("[disclosure.nav]", '[disclosure.nav]\nmethod = "round"'), encoding="utf-8")
    with pytest.raises(ExceptionGroup) as group:
        settings(rule)
    found = [*problems_of(raw), *problems_in(group.value)]
    assert [(problem.code, problem.cell) for problem in found] == [
        ("method_before", "method"), ("method_before", "disclosure.nav.method"),
    ]  # fmt: skip
    assert all("python -m data protect" in problem.do(lang) for problem in found for lang in LANGUAGES)
    sidecar(deliver(tmp_path / "said"), method="suppress")
    assert problems_of(tmp_path / "said") == []


def test_a_sidecar_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    sidecar(deliver(tmp_path), licens="CC BY 4.0")
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.cell) == ("toml_unknown_key_near", "licens")


@pytest.mark.parametrize(
    "said",
    [
        {"adapter": "excel"}, {"adapter": 3}, {"edition": ""}, {"licence": " "}, {"published": 2024}, {"example": "no"},
        {"preliminary": "2024"}, {"preliminary": [2024]},
    ],
)  # fmt: skip
def test_a_sidecar_value_of_the_wrong_kind_is_refused(tmp_path: Path, said: dict[str, object]) -> None:
    sidecar(deliver(tmp_path), **said)
    assert codes(problems_of(tmp_path)) == ["toml_value"]


@pytest.mark.parametrize(
    ("text", "code"),
    [(b"adapter = ", "toml_broken"), (b"\xff\xfea\x00", "toml_not_utf8"), (b"a: b\n", "toml_broken")],
)
def test_a_sidecar_that_is_not_toml_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    deliver(tmp_path).with_suffix(".toml").write_bytes(text)
    assert codes(problems_of(tmp_path)) == [code]


def test_the_same_edition_twice_is_refused(tmp_path: Path) -> None:
    deliver(tmp_path, name="one")
    deliver(tmp_path, name="two")
    assert codes(problems_of(tmp_path)) == ["edition_repeated"]


def test_two_data_files_on_one_sidecar_are_refused(tmp_path: Path) -> None:
    deliver(tmp_path).with_suffix(".xlsx").write_bytes(b"PK")
    assert codes(problems_of(tmp_path)) == ["several_files"]


@pytest.mark.parametrize("place", ["ssb/first/old.xls", "loose.csv", "ssb/loose.toml", "ssb/first/deeper/x.csv"])
def test_no_file_is_passed_over_in_silence(tmp_path: Path, place: str) -> None:
    deliver(tmp_path)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_bytes(b"x")
    assert codes(problems_of(tmp_path)) == ["stray_file"]


def test_hidden_files_of_the_operating_system_are_no_deliveries(tmp_path: Path) -> None:
    file = deliver(tmp_path)
    (file.parent / ".DS_Store").write_bytes(b"x")
    (tmp_path / ".unfinished-1").mkdir()
    (tmp_path / ".unfinished-1" / "x.csv").write_bytes(b"x")
    assert problems_of(tmp_path) == []


def test_a_preliminary_year_is_marked_and_a_hidden_cell_stays_hidden(tmp_path: Path) -> None:
    rows = ("neet_register,4204,2024,15-29,both,,24000,,missing,0", "neet_register,0,2024,15-29,both,99,1000,,final,0")
    deliver(tmp_path, *rows, ROWS[0], preliminary=["2024"])
    read = delivered_rows(sidecars(tmp_path)[0][0])
    assert read.select("period", "status").rows() == [("2024", "missing"), ("2024", "preliminary"), ("2023", "final")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("neet_register,9998,2023,15-29,both,1,10,,final,0", "unknown_region"),
        ("neet_registre,4204,2023,15-29,both,1,10,,final,0", "no_indicator"),
        ("neet_register,4204,1066,15-29,both,1,10,,final,0", "absurd_year"),
        ("neet_register,4204,2023,15-29,both,11,10,,final,0", "count_above_population"),
        ("neet_register,4204,2023,15-29,both,1,10,0.5,final,0", "share_disagrees"),
        ("reduced_work_capacity,42,2023-13,18-29,both,10,100,,final,0", "absurd_period"),
        ("neet_register,4204,2023,15-29,both,3,10,,suppressed,0", "hidden_but_shown"),
        ("neet_register,4204,2023,15-29,both,,10,0.3,missing,0", "hidden_but_shown"),
        ("neet_register,4204,2023,15-29,both,,10,,final,0", "shown_but_empty"),
        ("neet_register,4204,2023,15-29,both,99999999999,,,final,0", "bad_count"),
        ("neet_register,4204,2023,15-29,both,-1,10,,final,0", "negative_count"),
        ("neet_register,4204,2023,15-29,both,1,10,,sure,0", "bad_text"),
        ("neet_register,Kristiansand,2023,15-29,both,1,10,,final,0", "bad_text"),
        ("neet_register,4204,2023,15-29,both,1,10,,,0", "missing_value"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_changes(tmp_path: Path, row: str, code: str) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    before = build.build(raw, var).build
    deliver(raw, row, edition="second", name="bad")
    assert code in codes(build_problems(raw, var))
    assert pointer.current_build(var) == before


def test_all_that_is_wrong_in_all_files_is_said_at_once(tmp_path: Path) -> None:
    deliver(tmp_path / "raw", "neet_register,9998,2023,15-29,both,1,10,,final,0", edition="a")
    deliver(
        tmp_path / "raw", "what,4204,2023,15-29,both,1,10,,final,0", "why,0,2023,all,both,1,10,,final,0", edition="b"
    )
    (tmp_path / "raw" / "stray.txt").write_text("x")
    assert codes(build_problems(tmp_path / "raw", tmp_path / "var")) == [
        "no_indicator", "no_indicator", "stray_file", "unknown_region"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        ("\ufeff" + "\n".join([HEADER, *ROWS]) + "\n").encode(),
        ("\r\n".join([HEADER, *ROWS]) + "\r\n").encode(),
        "\n".join([HEADER, *ROWS]).encode(),
        "\n".join([HEADER, *ROWS]).encode("utf-16"),
    ],
    ids=["byte order mark", "carriage returns", "no last newline", "UTF-16"],
)
def test_a_file_saved_by_another_machine_is_read_the_same(tmp_path: Path, text: bytes) -> None:
    deliver(tmp_path, text=text)
    assert delivered_rows(sidecars(tmp_path)[0][0])["count"].to_list() == [2400, 99]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty_file"),
        (HEADER.encode(), "no_rows"),
        ("\n".join([HEADER, *ROWS]).replace("neet", "nøet").encode("latin-1"), "not_a_table"),
        (b"PK\x03\x04" + bytes(50), "damaged_workbook"),
    ],
    ids=["empty", "only a header", "Latin-1", "a workbook"],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, text: bytes, code: str) -> None:
    deliver(tmp_path / "raw", text=text)
    found = codes(build_problems(tmp_path / "raw", tmp_path / "var"))
    assert found == [code] or set(found) <= {"missing_column", "foreign_column", "no_rows"}


@pytest.mark.long
def test_a_file_over_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    deliver(tmp_path / "raw", text=HEADER.encode() + b"\n" + b"x" * 51_000_000)
    assert codes(build_problems(tmp_path / "raw", tmp_path / "var")) == ["too_large"]


def identity_number(start: str) -> str:
    """Return a made-up number that passes both checks."""
    return next(f"{start}{end:05}" for end in range(10_000, 90_000) if is_identity_number(f"{start}{end:05}"))


@pytest.mark.parametrize("cell", [identity_number("010101"), identity_number("410203"), "kari@example.org"])
def test_what_belongs_to_a_person_is_refused_without_being_repeated(tmp_path: Path, cell: str) -> None:
    deliver(tmp_path / "raw", f"{cell},4204,2023,15-29,both,1,10,,final,0")
    found = build_problems(tmp_path / "raw", tmp_path / "var")
    said = " ".join(problem.line(lang) for problem in found for lang in LANGUAGES)
    assert codes(found)[0] in {"identity_number", "email_address"}
    assert cell not in said
