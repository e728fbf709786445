"""A table nobody has catalogued: what it offers, and the files of the home that make an indicator of it."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from data import paths
from data.catalogue import Indicator, indicators
from data.deliveries import door
from data.deliveries.contents import contents
from data.deliveries.new_subject import UNREAD, unread_subject
from data.deliveries.proposal import usual_of
from data.ingest.contract import Delivery
from data.ingest.refusal import refuse_text
from data.period import is_period
from data.problems import Problem
from data.pxweb.mapping import TableFile
from data.source_names import PUBLISHERS, TABLE
from data.sources import canonical_table, parse, source_of
from data.toml import fitted, parsed, toml_table
from data.toml.writing import as_toml

CAN_BE = ("ssb_uncatalogued", "ssb_no_table", "ssb_category", "ssb_categories", "no_indicator", *UNREAD)
"""The problems of a file that an indicator of the home's own cures."""
FREQUENCIES = ("year", "school_year", "quarter", "month")
POLARITIES = ("none", "low_is_good", "high_is_good")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_BY_CONTENT = "ContentsCode"


@dataclass(frozen=True)
class Figures:
    """One kind of figure in a table: what it counts, the part of the population, and `count` or `share`."""

    measure: str
    dimensions: str
    quantity: str
    rows: int

    @property
    def name(self) -> str:
        """What it is called in a list to choose from."""
        return " · ".join([self.measure, *filter(None, self.dimensions.split(";"))])


@dataclass(frozen=True)
class Offer:
    """What a file offers an indicator: its table's number and title, how often it is counted, its kinds of figures.

    source: whose layout the file is in, "" where it is anybody's. publisher: what that source is called.
    by_table: the figures are cells of a numbered table; else each row names what it counts, with its population.
    unread: nobody has said by which words the publisher's file names what it counts.
    """

    table: str
    title: str
    frequency: str
    figures: tuple[Figures, ...]
    by_table: bool
    source: str = ""
    publisher: str = ""
    unread: bool = False


@dataclass(frozen=True)
class NewIndicator:
    """What only somebody who knows the figures can say of them; texts are by language.

    figure, population: places in `Offer.figures`; population is None where the figures are not a share of anybody.
    """

    label: Mapping[str, str]
    definition: Mapping[str, str]
    unit: Mapping[str, str]
    denominator: Mapping[str, str]
    publisher: str
    table: str
    figure: int
    population: int | None = None
    polarity: str = "none"


def offer(file: Path, source: str | None) -> Offer:
    """Return what a file offers. Raises `Problems` where it cannot be read, and a problem where it offers nothing."""
    own = source not in (None, *PUBLISHERS) or own_layout(file)
    unread = None if own else unread_subject(file, source)
    delivery = canonical_table.parse(file) if own else unread.delivery if unread else parse(file, source)
    by_table = delivery.layout.startswith("ssb_")
    figures = tuple(_figures(delivery, by_table=by_table))
    frequency = _frequency(delivery.rows)
    if not figures or not frequency:
        raise Problem(code="offers_nothing", file=file.name, found=delivery.title)
    title = re.sub(rf"^{delivery.table_id}:? *", "", delivery.title)
    whose = source or (unread.source if unread else source_of(delivery.layout))
    publisher = usual_of(whose).name if whose else ""
    return Offer(delivery.table_id or "", title, frequency, figures, by_table, whose, publisher, unread is not None)


def own_layout(file: Path) -> bool:
    """Return whether a file is in Innenfor's own layout."""
    return canonical_table.recognises(file)


def catalogue(file: Path, offered: Offer, said: NewIndicator) -> tuple[str, tuple[Path, ...]]:
    """Write the files of an indicator into the home; return its id and them.

    Nothing is left of them where the file does not load with them. Raises `Problems` with all that is wrong in what
    is said, or is wrong with the file still.
    """
    name = _id_of(said.label["nb"])
    texts = {paths.home() / "indicators" / f"{name}.toml": as_toml(_indicator(name, offered, said))}
    if offered.by_table:
        texts[paths.home() / "fetch" / f"{name}.toml"] = as_toml(_mapping(name, offered, said))
    elif offered.unread and (unread := unread_subject(file, offered.source)):
        folder, told = unread.description(offered.figures[said.figure].measure, name)
        texts[paths.home() / folder / f"{name}.toml"] = as_toml(told)
    for path, text in texts.items():
        refuse_text(text, path.name)
    fitted(parsed(next(iter(texts.values())).encode(), name), Indicator, name)
    with door.alone(), door.writing():
        try:
            _write(texts)
            contents(file, TABLE if own_layout(file) else offered.source, offered.source)
        except BaseException:
            for path in texts:
                path.unlink(missing_ok=True)
                with suppress(OSError):
                    path.parent.rmdir()
            raise
    return name, tuple(texts)


def _write(texts: Mapping[Path, str]) -> None:
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(text, encoding="utf-8", newline="\n")
        os.replace(fresh, path)
        if path.parent.name == "fetch":
            fitted(toml_table(path), TableFile, path.name, file=path.name)


def _figures(delivery: Delivery, *, by_table: bool) -> Iterator[Figures]:
    """Yield each kind of figure, in the order of the file, of which there are persons or shares."""
    known = set() if by_table else {each for one in indicators().values() for each in one.measures}
    rows = delivery.rows.with_columns(
        dimensions=pl.col("dimensions").fill_null("") if "dimensions" in delivery.rows.columns else pl.lit("")
    )
    for (measure, dimensions), each in rows.group_by("measure", "dimensions", maintain_order=True):
        filled = [name for name in ("count", "share") if each[name].null_count() < each.height]
        if filled and measure not in known:
            yield Figures(str(measure), str(dimensions), filled[0], each.height)


def _frequency(rows: pl.DataFrame) -> str:
    periods = rows["period"].unique().to_list()
    return next((name for name in FREQUENCIES if all(is_period(each, name) for each in periods)), "")


def _id_of(label: str) -> str:
    """Return an indicator's id: its Norwegian name in letters of every alphabet. Raises a problem where it is taken."""
    name = re.sub(r"[^a-z0-9]+", "_", label.lower().translate(_LETTERS)).strip("_")[:60].strip("_")
    if not name or name in indicators():
        raise Problem(code="indicator_taken", found=label, column="label")
    return name


def _indicator(name: str, offered: Offer, said: NewIndicator) -> dict[str, Any]:
    chosen, nothing = offered.figures[said.figure], {"nb": "", "en": ""}
    counted = chosen.dimensions.rpartition("=")[2] or chosen.measure
    return {
        "id": name, "family": "own", "label": said.label, "short": said.label, "definition": said.definition,
        "unit": said.unit, "numerator": {"nb": counted, "en": counted}, "denominator": said.denominator,
        "publisher": said.publisher, "table": said.table, "frequency": offered.frequency, "polarity": said.polarity,
        "licence": usual_of(offered.source).licence, "rounding": nothing, "overlap": nothing,
        "measures": [name if offered.by_table or offered.unread else chosen.measure],
    }  # fmt: skip


def _mapping(name: str, offered: Offer, said: NewIndicator) -> dict[str, Any]:
    usual, chosen = usual_of(offered.source), {offered.figures[said.figure].quantity: offered.figures[said.figure]}
    if said.population is not None:
        chosen["population"] = offered.figures[said.population]
    take: dict[str, list[str]] = {_BY_CONTENT: list(dict.fromkeys(each.measure for each in chosen.values()))}
    for each in chosen.values():
        for dimension, _, code in (part.partition("=") for part in each.dimensions.split(";") if part):
            take[dimension] = list(dict.fromkeys([*take.get(dimension, ()), code]))
    return {
        "table": said.table, "source": f"{usual.credit}, tabell {said.table}", "licence": usual.licence,
        "url": f"{usual.url}/table/{said.table}", **toml_table(paths.DATA / "deliveries" / "mapping.toml"),
        "by_labels": True, "take": take,
        "series": [{"indicator": name, "title": offered.title.replace("{", "(").replace("}", ")") or said.label["nb"],
                    "quantities": {quantity: {"measure": each.measure, "dimensions": each.dimensions}
                                   for quantity, each in chosen.items()}}],
    }  # fmt: skip
