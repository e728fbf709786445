"""The sheet's verdicts say what its numbers say, for many places, and a figure of few persons carries none."""

import random
import re
from dataclasses import replace
from functools import cache

import polars as pl
import pytest

from analytics import regions
from analytics.exclusion.by_origin import ByOrigin
from analytics.exclusion.comparisons import Beside
from analytics.exclusion.key_messages import Message, key_messages
from analytics.experiments.portfolio import results
from data.i18n import LANGUAGES, speaking
from pages.components import origin_words, rates
from pages.components.rate_trend import trend_table
from pages.format import numbers, sentences
from pages.format.texts import text
from pages.report import sections
from pages.views.overview import answers, country_map
from pages.views.overview.tile import Tile, level_verdict
from pages.views.overview.tiles import tiles
from pages.views.overview.who_tile import origin_of

pytestmark = pytest.mark.long
SOME = ["0", "42", "03", "0301", "4204", "1151", "5612", "1144", "3203", "1580"]
SOME += random.Random(15).sample(sorted(regions.current_regions().filter(level="municipality")["code"]), 12)


@cache
def messages(region: str) -> dict[str, Message]:
    return {each.question: each for each in key_messages(region)}


def four(region: str, lang: str = "nb") -> tuple[Tile, ...]:
    with speaking(lang):
        return tiles(region)


@pytest.mark.parametrize("region", SOME)
def test_the_verdict_of_a_change_has_the_sign_of_the_numbers(region: str) -> None:
    found, verdict = messages(region)["than_before"], four(region)[0].verdict
    if found.rate.count is not None and found.rate.count < rates.FEW:
        assert verdict.kind == "unknown"
        return
    earlier = sentences.earlier(found.beside)  # type: ignore[arg-type]
    assert earlier is not None
    then, now = earlier.value, found.rate.value
    assert then is not None
    assert now is not None
    known = not earlier.breaks and earlier.verdict != "not_comparable"
    assert (verdict.kind == "unknown") != known
    if verdict.kind == "bad":
        assert now > then  # the register counts what one wants little of
    if verdict.kind == "good":
        assert now < then
    if known:
        assert earlier.period in verdict.words


@pytest.mark.parametrize("region", SOME)
def test_the_verdict_beside_others_is_the_tests(region: str) -> None:
    found, verdict = messages(region)["than_others"], four(region)[1].verdict
    rest = found.beside.one("rest_of_nation")  # type: ignore[union-attr]
    if region == regions.NATION:
        assert verdict.kind == "even"
    elif rates.too_few(found.rate):
        assert verdict.kind == "unknown"
    else:
        assert rest is not None
        ways = {"higher": "bad", "lower": "good"}
        assert verdict.kind == ways.get(rest.verdict.rpartition("_")[2], "even" if "no_" in rest.verdict else "unknown")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("region", ["4204", "1151", "0"])
def test_every_tile_has_an_answer_and_its_sources(region: str, lang: str) -> None:
    found = four(region, lang)
    assert len(found) == 4
    for each in found:
        assert each.verdict.words
        assert each.sentence
        assert each.sources
        assert len(each.sentence.split()) <= 45
        assert each.picture is None or each.picture.alt


def test_a_place_of_three_persons_outside_shows_no_share_of_a_group() -> None:
    who = four("1151")[2]
    assert who.verdict.kind == "unknown"
    assert who.picture is None or "%" not in who.picture.svg


def test_what_one_wants_much_of_is_good_when_it_rises() -> None:
    assert level_verdict("clearly_higher", "", "high_is_good").kind == "good"
    assert level_verdict("somewhat_lower", "", "high_is_good").kind == "bad"
    assert level_verdict("clearly_lower", "", "low_is_good").kind == "good"
    assert level_verdict("clearly_lower", "", "neutral").kind == "even"


def test_the_price_is_the_models_and_never_without_its_chance() -> None:
    with speaking("nb"):
        tile = tiles("4204")[3]
        assert text("overview.what_helps") == tile.question
    assert "per deltaker" in tile.price
    assert "Sjansen" in tile.price


def test_a_trial_stands_with_the_limits_its_record_gives() -> None:
    found = {each.key: results.published_difference(each.experiment) for each in results.reported()}
    assert found["seed"] == (39.3, 21.7, 53.8)
    assert found["ips-norge"] == (9.5, 0.5, 18.5)
    assert found["se-klar"] is None
    with speaking("nb"):
        assert "(0,5 til 18,5)" in tiles("4204")[3].sentence


@pytest.mark.parametrize("region", [*SOME, "5610"])
def test_no_share_of_too_few_persons_is_told_of_immigrants_or_others(region: str) -> None:
    message = messages(region)["how_many"]
    made = origin_of(message.subject, message.rate.period)
    if not isinstance(made, ByOrigin):
        return
    with speaking("nb"):
        told = origin_words.finding(made)
        for rate in (made.immigrants, made.others):
            if rate.value is not None:
                assert (numbers.percent(rate.value) in told) != rates.too_few(rate)


def test_karasjok_has_too_few_immigrants_outside_to_tell_their_share() -> None:
    sentence, picture = four("5610")[2].sentence, four("5610")[2].picture
    assert "Av innvandrerne er det for få" in sentence
    assert picture is not None


@pytest.mark.parametrize(("lang", "said"), [("nb", "færre enn 10 av 32"), ("en", "fewer than 10 of 32")])
def test_so_few_that_rounding_decides_are_told_without_their_number(lang: str, said: str) -> None:
    """Utsira: SSB made 1 and 2 into 0 or 3, so 3 of 32 is no level to put in a sentence."""
    with speaking(lang):
        sentence = re.sub(r"\s", " ", tiles("1151")[0].sentence)
    assert said in sentence
    assert not re.search(r"\b3\b|9[.,]4", sentence)


@pytest.mark.parametrize(("lang", "mark"), [("nb", "færre enn 30"), ("en", "fewer than 30")])
def test_the_list_beside_the_map_marks_what_the_map_leaves_grey(lang: str, mark: str) -> None:
    message = messages("1151")["how_many"]
    rows = country_map.municipalities(message)[0]
    small = set(rows.filter("small").drop_nulls("value")["region_code"])
    with speaking(lang):
        lines = re.findall(r"region=(\d{4}).*?</a> <span>(.*?)</span>", country_map.country(message))
    assert lines
    assert {code for code, words in lines if words == mark} == small & {code for code, _ in lines}
    assert "1151" in small


def test_the_list_beside_the_map_tells_nothing_of_too_few_by_its_order() -> None:
    message = messages("1151")["how_many"]
    small = set(country_map.municipalities(message)[0].filter("small")["region_code"])
    with speaking("nb"):
        codes = re.findall(r"region=(\d{4}).*?</a> <span>", country_map.country(message))
    few = [code in small for code in codes]
    assert few == sorted(few)
    assert any(few)
    assert [code for code in codes if code in small] == sorted(small & set(codes))


def test_a_share_of_too_few_persons_is_not_drawn() -> None:
    table = trend_table(messages("1151")["how_many"].subject, "whole")
    drawn = rates.drawable(table)
    few, enough = (pl.col("count") < rates.FEW).fill_null(value=False), (pl.col("count") >= rates.FEW)
    assert table.filter(few, region_code="1151")["value"].count() > 0
    assert drawn.filter(few).select("value", "low", "high").null_count().row(0) == (drawn.filter(few).height,) * 3
    assert drawn.filter(enough).equals(table.filter(enough))
    with speaking("en"):
        assert rates.undrawn_note(table, "1151").startswith("Shares of fewer than 10 persons in Utsira are not drawn.")
        assert rates.undrawn_note(table.filter(enough), "1151") == ""


def test_an_earlier_period_of_too_few_persons_is_not_told() -> None:
    message = messages("4204")["than_before"]
    found = message.beside
    assert isinstance(found, Beside)
    told = sentences.earlier(found)
    assert told is not None
    few = tuple(replace(each, count=9) if each == told else each for each in found.comparisons)
    other = sentences.earlier(replace(found, comparisons=few))
    assert other is not None
    assert other.count != 9
    none = tuple(replace(each, count=9) for each in found.comparisons)
    with speaking("en"):
        said = answers.answer(replace(message, beside=replace(found, comparisons=none)))
    assert said == "Kristiansand has too few for one year to be held against another."


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("region", ["1151", "4204"])
def test_the_notes_answers_tell_a_share_only_of_persons_enough(region: str, lang: str) -> None:
    assert rates.too_few(messages(region)["how_many"].rate) == (region == "1151")
    with speaking(lang):
        for message in messages(region).values():
            if message.rate.value is None:
                continue
            said, share = answers.answer(message), numbers.percent(message.rate.value)
            if rates.too_few(message.rate):
                assert share not in said
                assert str(message.rate.count) not in re.findall(r"\d+", said.replace(str(rates.FEW), ""))
                assert sections.outside([message]) == sections.drawn([message]) == ()
            else:
                assert sections.drawn([message])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_group_is_highest_where_the_test_finds_no_certain_difference(lang: str) -> None:
    with speaking(lang):
        told = [tiles(region)[2] for region in ("1818", "4204")]
    assert [tile.verdict.sign for tile in told] == ["even", "who"]
    assert (
        told[0].verdict.words
        == {
            "nb": "Ingen sikker forskjell mellom innvandrere og andre",
            "en": "No certain difference between immigrants and others",
        }[lang]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_of_too_few_has_its_countys_line_and_the_sentence_says_so(lang: str) -> None:
    with speaking(lang):
        tile = tiles("1151")[0]
    assert tile.picture is not None
    assert "Rogaland" in tile.picture.alt
    assert ">Rogaland<" in tile.picture.svg
    said = {"nb": "Bildet viser Rogaland: 8,6", "en": "The picture shows Rogaland: 8.6"}[lang]
    assert said in tile.sentence


def test_what_is_known_of_the_nation_has_no_sign_of_the_unknown() -> None:
    assert tiles("0")[1].verdict.mark == "↔"
