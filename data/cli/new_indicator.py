"""`python -m data catalogue`: a table nobody has catalogued gets the indicator file that takes it."""
# ruff: noqa: T201 - a command prints

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data import i18n, paths
from data.cli.commands import require_file
from data.deliveries import new_indicator
from data.deliveries.new_indicator import POLARITIES, NewIndicator, Offer
from data.problems import Problem

WORDS = ("label", "definition", "unit", "denominator")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `catalogue`; `--json` and `--lang` come from the command line all commands share."""
    lang = i18n.reader_language()
    parser.add_argument("file", type=Path, metavar="FILE", help=i18n.say("data", lang, "door.help_file"))
    parser.add_argument("--source", metavar="S", help=i18n.say("data", lang, "door.help_source"))
    for name in WORDS:
        parser.add_argument(f"--{name}", help=_say(lang, f"ask_{name}"))
        parser.add_argument(f"--{name}-en", help=_say(lang, "help_english"))
    for name in ("publisher", "table"):
        parser.add_argument(f"--{name}", help=_say(lang, f"ask_{name}"))
    for name in ("figure", "population"):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=_say(lang, f"ask_{name}"))
    parser.add_argument("--polarity", choices=POLARITIES, default="none", help=_say(lang, "ask_polarity"))
    parser.add_argument("--dry-run", action="store_true", help=_say(lang, "help_dry_run"))


def run_catalogue(asked: argparse.Namespace, lang: str) -> int:
    """Make an indicator of what a file holds, of what is said and answered; 0 where the file loads with it."""
    require_file(asked.file)
    offered = new_indicator.offer(asked.file, asked.source)
    if asked.dry_run:
        print(json.dumps(offer_json(offered), ensure_ascii=False) if asked.json else "\n".join(_lines(offered, lang)))
        return 0
    name, files = new_indicator.catalogue(asked.file, offered, _said(asked, offered, lang))
    facts = {"indicator": name, "files": [paths.told(path) for path in files]}
    told = {"ok": True, "state": "catalogued", "source": offered.source, **facts}
    words = _say(lang, "made", indicator=name, files=", ".join(facts["files"]))
    print(json.dumps(told, ensure_ascii=False) if asked.json else words)
    return 0


def offer_json(offered: Offer) -> dict[str, Any]:
    """Return what a file offers for programs; figures are numbered from one, as they are chosen."""
    figures = [{"number": number, "name": each.name, **asdict(each)} for number, each in enumerate(offered.figures, 1)]
    return {"ok": True, "state": "uncatalogued", **asdict(offered), "figures": figures}


def ask(file: Path, source: str | None, lang: str) -> None:
    """Ask whoever is there for an indicator of what a file holds, and write it."""
    nothing = dict.fromkeys([*WORDS, *(f"{name}_en" for name in WORDS), "publisher", "table", "figure", "population"])
    asked = argparse.Namespace(file=file, source=source, json=False, dry_run=False, polarity="none", **nothing)
    run_catalogue(asked, lang)


def _said(asked: argparse.Namespace, offered: Offer, lang: str) -> NewIndicator:
    """Return what is said by the arguments; what they lack is asked for where somebody is there to answer."""
    somebody = sys.stdin.isatty() and not asked.json
    if somebody:
        print("\n".join(_lines(offered, lang)))
    given = {name: value for name, value in vars(asked).items() if value is not None}
    given.setdefault("publisher", offered.publisher)
    given["table"] = offered.table or given.get("table", "")
    wanted = [name for name in _wanted(given, offered) if not str(given.get(name, "")).strip()]
    if wanted and not somebody:
        raise Problem(code="not_said", found=", ".join(f"--{name}" for name in wanted), expected="--definition")
    for name in wanted:
        given[name] = _answered(name, lang)
    if somebody and offered.by_table and "population" not in given:
        given["population"] = _answered("population", lang, empty=True)
    figure = _place("figure", given.get("figure", 1), offered)
    people = _place("population", given["population"], offered) if given.get("population") else None
    words = {name: {"nb": given.get(name, ""), "en": given.get(f"{name}_en") or given.get(name, "")} for name in WORDS}
    if not words["denominator"]["nb"] and (people is not None or offered.figures[figure].quantity == "share"):
        if not somebody:
            raise Problem(code="not_said", found="--denominator", expected="--definition")
        words["denominator"] = dict.fromkeys(i18n.LANGUAGES, _answered("denominator", lang))
    return NewIndicator(**words, publisher=given["publisher"], table=given["table"], figure=figure, population=people,
                        polarity=asked.polarity)  # fmt: skip


def _wanted(given: dict[str, Any], offered: Offer) -> Sequence[str]:
    """Return what must be said: nobody can guess what a figure means; of several kinds, which one is meant."""
    several = ["figure"] if len(offered.figures) > 1 and "figure" not in given else []
    table = ["table"] if offered.by_table and not given["table"] else []
    return [*several, "label", "definition", "unit", "publisher", *table]


def _place(name: str, said: object, offered: Offer) -> int:
    """Return the place of a kind of figure by its number."""
    text = str(said).strip()
    if text.isdecimal() and 1 <= int(text) <= len(offered.figures):
        return int(text) - 1
    raise Problem(code="no_such_figure", found=text, expected=f"1–{len(offered.figures)}", column=name)


def _answered(name: str, lang: str, *, empty: bool = False) -> str:
    while True:
        try:
            said = input(f"{_say(lang, f'ask_{name}')} ").strip()
        except EOFError:
            raise Problem(code="not_said", found=f"--{name}", expected="--definition") from None
        if said or empty:
            return said


def _lines(offered: Offer, lang: str) -> list[str]:
    """Return the kinds of figures, numbered as they are chosen."""
    kinds = [f"{number}. {each.name} ({_say(lang, each.quantity)})" for number, each in enumerate(offered.figures, 1)]
    return [_say(lang, "offers", title=offered.title or offered.table), *kinds]


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"catalogue.{key}", **facts)
