"""`python -m data fetch`: refresh from the publisher's interface."""

import argparse
import json
import sys
from dataclasses import asdict

import polars as pl

from data import i18n
from data.cli.console import YES
from data.deliveries import revisions
from data.pxweb.client import Client, limits
from data.pxweb.mapping import mappings
from data.pxweb.refresh import Outcome, refresh

SOURCES = ("ssb",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `fetch`; `--json` and `--lang` come from the command line all commands share."""
    lang = i18n.reader_language()
    parser.add_argument("source", choices=SOURCES, help=_say(lang, "help_source"))
    parser.add_argument("--table", metavar="N", help=_say(lang, "help_table"))
    parser.add_argument("--dry-run", action="store_true", help=_say(lang, "help_dry_run"))
    parser.add_argument("--yes", action="store_true", help=_say(lang, "help_yes"))
    parser.add_argument("--base-url", metavar="URL", help=_say(lang, "help_base_url", url=limits().base_url))


def run(asked: argparse.Namespace, lang: str) -> int:
    """Refresh every mapped indicator, or those of one table; print what was done. Returns 0, raises what went wrong."""
    chosen = mappings(table=asked.table)
    client = Client(limits(), asked.base_url or limits().base_url)

    def progress(part: str, number: int, total: int) -> None:
        words = _word(lang, "part", part)
        sys.stderr.write(_say(lang, "call", part=words, number=number, total=total) + "\n")

    def agreed(doubtful: pl.DataFrame) -> bool:
        return bool(asked.yes) or (not asked.json and _agreed(doubtful, lang))

    outcomes = []
    for mapping in chosen:
        outcomes.append(refresh(mapping, client, dry_run=asked.dry_run, progress=progress, agreed=agreed))
        if not asked.json:
            sys.stdout.write("\n".join([*_lines(outcomes[-1], lang), ""]))
    if asked.json:
        whole = {"fetched": [asdict(outcome) for outcome in outcomes]}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
    return 0


def _agreed(doubtful: pl.DataFrame, lang: str) -> bool:
    """Return whether whoever is there takes changes that are rather faults than corrections."""
    if not sys.stdin.isatty():
        return False
    question = _say(lang, "ask_doubtful", number=doubtful.height, example=revisions.example(doubtful))
    try:
        return input(f"{question} ").strip().lower() in YES
    except EOFError:
        return False


def _lines(outcome: Outcome, lang: str) -> list[str]:
    """Return what was done, in words: the edition, what changed, what was left out and why."""
    facts = asdict(outcome)
    lines = [i18n.say("data", lang, f"fetch.state_{outcome.state}", **facts)]
    lines += [f"· {_word(lang, 'change', code)}: {number}" for code, number in outcome.changes.items()]
    if outcome.doubtful:
        lines.append(_say(lang, "doubtful", number=outcome.doubtful))
    lines += [f"· {region}: {_word(lang, 'reason', reason)}" for region, reason in outcome.left_out.items()]
    lines += [_say(lang, "passed_over", part=_word(lang, "part", name)) for name in outcome.passed_over]
    if outcome.lacking:
        lines.append(_say(lang, "lacking", number=len(outcome.lacking), codes=", ".join(outcome.lacking[:20])))
    if not outcome.verified:
        lines.append(_say(lang, "unverified", indicator=outcome.indicator, table=outcome.table))
    if outcome.state == "new":
        lines.append(_say(lang, "build_next"))
    return lines


def _word(lang: str, kind: str, name: str) -> str:
    return i18n.words("data", lang).get(f"fetch.{kind}.{name}", name)


def _say(lang: str, key: str, **facts: object) -> str:
    return i18n.say("data", lang, f"fetch.{key}", **facts)
