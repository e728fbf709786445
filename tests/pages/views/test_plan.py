"""The page of the plan, in both languages: status with reasons, the map, the modelled beside, the file and the note."""

import datetime as dt
import re
import shutil
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from benefits.realisation import plan as plans
from benefits.realisation.benefit_map import benefit_map
from data.curated.plan import read as plan_files
from data.i18n import LANGUAGES, speaking, words
from pages.components import share
from pages.format import numbers
from pages.format.markdown import literal
from pages.frame.source_footer import Citation
from pages.views.programme.plan import map_picture, progress, tables, view, wording
from tests import demo_ground
from tests.architecture.tree import ROOT
from tests.pages.views.test_programme import opened, said

PARTS = ("status", "map", "modelled", "note", "file")
DAY = dt.date(2026, 11, 21)


def gains(monkeypatch) -> tuple[plans.GainStatus, ...]:
    demo_ground.opened(monkeypatch)
    found = plans.plan_in_use().plan
    assert found is not None
    return plans.statuses(found, DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_both_languages(monkeypatch, part, lang) -> None:
    app = opened(monkeypatch, "programme", part=part, lang=lang)
    assert not app.exception
    assert app.title[0].value == words("pages", lang)["page.programme.title"]
    assert words("pages", lang)["failed.title"] not in said(app)


def test_the_page_says_the_status_of_every_gain_with_its_reason(monkeypatch) -> None:
    found, shown = gains(monkeypatch), said(opened(monkeypatch, "programme", part="status"))
    with speaking("nb"):
        assert [gain.row.id for gain in found if wording.reason(gain).replace("\u00a0", " ") not in shown] == []
        assert wording.summary(found) in shown
    assert "Eksempeldata, ikke resultater" in shown


def test_a_target_below_the_detection_limit_says_so_in_points_and_persons(monkeypatch) -> None:
    first = gains(monkeypatch)[0]
    for lang in LANGUAGES:
        with speaking(lang):
            told = wording.reason(first)
            assert numbers.points(first.limit) in told
            assert numbers.number(first.limit * first.measured.population, -1) in told
            assert numbers.points(first.limit) not in wording.reason(replace(first, limit=0.001))


def test_risks_and_side_effects_have_columns(monkeypatch) -> None:
    with speaking("nb"):
        table = tables.full_table(gains(monkeypatch))
    assert {"risk", "side_effects", "prerequisites", "owner", "beneficiary", "scenario", "goal"} <= set(table.columns)
    assert table["risk"].null_count() == 0
    assert table.filter(table["id"] == "G5")["actual"].to_list() == [None]


def test_a_new_plan_with_problems_is_told_of_and_the_old_one_shown(monkeypatch, tmp_path) -> None:
    shutil.copy(demo_ground.HOME / "plan" / "plan-2026-01-example.toml", tmp_path)
    text = (demo_ground.HOME / "plan" / "plan-2026-01-example.toml").read_text(encoding="utf-8")
    (tmp_path / "plan-2027-01.toml").write_text(text.replace("owner", "eier", 1), encoding="utf-8")
    monkeypatch.setattr(plan_files.plan_in_use, "__defaults__", (tmp_path,))
    shown = said(opened(monkeypatch, "programme", part="status"))
    assert "plan-2027-01.toml har 2 feil" in shown
    assert r"gain\[1\].eier" in shown
    assert "Av 5 gevinster" in shown


def test_the_picture_marks_each_gain_by_shape_and_word_not_by_colour(monkeypatch) -> None:
    with speaking("nb"):
        rows = progress.progress(gains(monkeypatch))
        svg = progress.picture(rows).svg
    for word in ("Forsinket", "I rute", "Ikke realisert", "Kan ikke måles ennå"):
        assert f">{word}</text>" in svg
    assert len(set(progress.SYMBOLS.values())) == len(progress.SYMBOLS)
    assert rows[3].way == pytest.approx(24 / 40)
    assert rows[4].way is None


def test_a_value_far_out_stays_inside_the_picture(monkeypatch) -> None:
    first = gains(monkeypatch)[0]
    assert first.measured is not None
    far = replace(first, measured=replace(first.measured, value=0.9))
    with speaking("en"):
        drawn = progress.picture(progress.progress([far]))
    places = [float(each) for each in re.findall(r'(?:x|x1|x2|cx)="([-0-9.]+)"', drawn.svg)]
    assert places
    assert all(0 <= each <= drawn.width for each in places)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_map_draws_every_box_and_every_line(monkeypatch, narrow) -> None:
    rows = tuple(gain.row for gain in gains(monkeypatch))
    with speaking("nb"):
        nodes, edges = benefit_map(rows, "nb")
        figure = map_picture.picture(nodes, edges, narrow=narrow)
    shapes = [shape.type for shape in figure.layout.shapes]
    assert (shapes.count("rect"), shapes.count("path")) == (len(nodes), len(edges))


def test_a_finding_is_forwarded_as_one_line_with_source_link_and_mark() -> None:
    source = Citation("SSB", "Tabell 1", "2025", "CC BY 4.0")
    with speaking("nb"):
        line = share.line("Flere er\ni arbeid", (source, source), "https://x.no/plan?part=map", example=True)
    assert line == "EKSEMPEL: Flere er i arbeid. Kilde: SSB, Tabell 1 (2025). https://x.no/plan?part=map"


def test_the_plan_page_can_forward_its_finding(monkeypatch) -> None:
    app = opened(monkeypatch, "programme", part="status")
    app.session_state["read-below-plan"] = True
    app.run()
    codes = [each.value for each in app.code]
    assert any(code.startswith("EKSEMPEL: Av 5 gevinster") and "SSB" in code for code in codes)


def test_the_chart_of_the_plan_says_it_is_an_example(monkeypatch) -> None:
    held = gains(monkeypatch)
    found = plans.plan_in_use().plan
    assert found is not None
    with speaking("en"):
        chart = view.status_chart(found, held)
    assert chart.example
    assert chart.table.height == len(found.rows)


def test_words_somebody_wrote_are_shown_as_they_are() -> None:
    assert literal("5 * 3 [x](y) $a$ <b>") == r"5 \* 3 \[x\](y) \$a\$ \<b\>"


@pytest.mark.parametrize(("kind", "spoken"), [("status", "en"), ("closing", "nb")])
def test_the_note_that_was_asked_for_stands_ready_on_the_page(monkeypatch, kind, spoken) -> None:
    demo_ground.opened(monkeypatch)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run().switch_page("pages/programme.py")
    app.query_params.clear()
    app.query_params.update({"part": "note", "kind": kind, "spoken": spoken})
    app.session_state[f"note-{kind}-{spoken}"] = True
    shown = said(app.run())
    assert not app.exception
    labels = [each.proto.label for each in app.get("download_button")]
    first = labels.index("Last ned PDF")
    assert labels[first : first + 3] == ["Last ned PDF", "Last ned Excel", "Last ned CSV"]
    assert {"status": "Monthly status of", "closing": "Sluttnotat for"}[kind] in shown
    assert "SSB" in shown


def test_a_press_on_the_button_makes_the_note(monkeypatch) -> None:
    app = opened(monkeypatch, "programme", part="note")
    app = next(each for each in app.button if str(each.key).startswith("make-note")).click().run()
    assert not app.exception
    assert {"Last ned PDF", "Last ned Excel"} <= {each.proto.label for each in app.get("download_button")}


def test_a_scenario_innenfor_does_not_have_is_told_of(monkeypatch) -> None:
    found = gains(monkeypatch)
    wrong = replace(found[0], row=replace(found[0].row, scenario="one_contact_persn"))
    with speaking("nb"):
        assert wording.unknown_scenarios(found) == []
        (line,) = wording.unknown_scenarios((wrong, *found[1:]))
    assert "G1" in line
    assert "finnes ikke" in line


def test_the_reason_without_figures_names_the_age_group_asked_for(monkeypatch) -> None:
    found = gains(monkeypatch)[0]
    absent = plans.status_of(replace(found.row, age_group="10-12"), "no_figures", DAY)
    with speaking("nb"):
        assert "Kristiansand (10–12 år)" in wording.reason(absent)


def test_no_amount_of_the_modelled_stands_without_its_chance() -> None:
    names = [column.name for column in tables.modelled_columns()]
    expected = [place for place, name in enumerate(names) if name.endswith("_npv")]
    assert [names[place] for place in expected] == ["society_npv", "municipality_npv"]
    for name in ("society", "municipality"):
        assert names.index(f"{name}_chance") > names.index(f"{name}_npv")
