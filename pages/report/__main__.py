"""Sheets from the command line: `python -m pages.report sheet --region 4204`, or `--region all` for every place."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from analytics import regions
from data.cli.console import ready
from data.errors import InnenforError, foreseen, worded
from data.i18n import LANGUAGES, reader_language
from data.i18n import say as spoken
from pages.format import texts
from pages.frame.url.parameters import UnknownValueError

KINDS = ("pdf", "png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 where every sheet is written, 1 where something stood in the way, said in words."""
    logging.disable(logging.WARNING)  # there is no server, and nobody needs to be told
    from pages.report.sheet import sheet

    lang = reader_language()
    try:
        asked = _parser(lang).parse_args(arguments)
        lang = asked.lang or lang
        asked.out.mkdir(parents=True, exist_ok=True)
        for region in _places(asked.region):
            path = asked.out / f"innenfor-{region}-{lang}.{asked.kind}"
            path.write_bytes(sheet(region, lang, asked.kind))
            print(path)
    except (InnenforError, ExceptionGroup, OSError) as fault:
        if not (found := foreseen(worded(fault))):
            raise
        print("\n".join(f"{each.says(lang)} {each.do(lang)}" for each in found), file=sys.stderr)
        return 1
    return 0


def _places(asked: str) -> tuple[str, ...]:
    known = tuple(regions.current_regions()["code"])
    if asked == "all":
        return known
    if asked not in known:
        raise UnknownValueError(where="--region", found=asked, options=("all", *known))
    return (asked,)


def _parser(lang: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.report", description=_say(lang, "sheet.description"))
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("sheet", help=_say(lang, "sheet.help"))
    command.add_argument("--region", default=regions.home(), help=_say(lang, "sheet.region"))
    command.add_argument("--kind", choices=KINDS, default="pdf", help=_say(lang, "sheet.kind"))
    command.add_argument("--out", type=Path, default=Path(), metavar="DIR", help=_say(lang, "sheet.out"))
    command.add_argument("--lang", choices=LANGUAGES, help=_say(lang, "sheet.lang"))
    return parser


def _say(lang: str, key: str, **facts: object) -> str:
    return spoken(texts.PACKAGE, lang, key, **facts)


if __name__ == "__main__":
    ready()
    sys.exit(main())
