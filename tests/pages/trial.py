"""A small project of its own: the real shell and kit around throw-away pages, so that its tests need no data."""

import shutil
from pathlib import Path

from data import paths

ROOT = paths.ROOT
COPIED = (
    *("app.py", ".streamlit", "pages/frame", "pages/components", "pages/plots", "pages/format", "pages/texts"),
    *("pages/server", "pages/static", "pages/svg", "data", "analytics", "benefits"),
)
TEXTS = {
    "nb": {
        "first": ("Forside", "Forsiden"),
        "picture": ("Bilde", "Et bilde"),
        "broken": ("Feil", "En side som feiler"),
    },
    "en": {
        "first": ("Front", "The front"),
        "picture": ("Picture", "A picture"),
        "broken": ("Broken", "A failing page"),
    },
}
FIRST = """
import streamlit as st
from pages.frame import shell
shell.require()
shell.open_page()
st.markdown("9,9 %")
"""
BROKEN = """
import streamlit as st
from pages.frame import shell
shell.require()
shell.open_page()
raise RuntimeError("secret detail")
"""
PICTURE = """
import polars as pl
import streamlit as st
from pages.components import chart_card as charts
from pages.frame import shell, visit
from pages.frame.url import state as view_link
from pages.frame.source_footer import Citation
from pages.frame.url.parameters import UrlParameter
from pages.plots.ranking import Reference, ranking
from pages.components.data_table import TableColumn
from pages.plots.time_series import BreakMark, trend
shell.require()
REGION = UrlParameter("region", ("4204 Kristiansand", "4203 Arendal", "0301 Oslo"))
YEAR = UrlParameter("year", ("2024", "2023"))
shell.open_page(REGION, YEAR)
def choose(each):
    asked = view_link.get(each.name) or each.options[0]
    chosen = st.selectbox(each.name.title(), each.options, each.options.index(asked), key=view_link.CHOICE + each.name)
    if chosen != asked:
        view_link.put(each.name, chosen)
    return chosen
region, year = choose(REGION), choose(YEAR)
st.markdown(f"Shown: {region} {year}")
rows = [
    {"series": name, "period": str(y), "value": level + (y - 2008) / 500, "low": level, "high": level + 0.05,
     "status": "preliminary" if y == 2024 else "final"}
    for name, level in (("Kristiansand", 0.09), ("Et langt navn på landsdelen", 0.1), ("Norge", 0.1))
    for y in range(2008, 2025)
]
frame = pl.DataFrame(rows)
SOURCES = (Citation("SSB", "Tabell 1", "2025", "CC BY 4.0", "https://www.ssb.no/"),)
COLUMNS = (TableColumn("series", "Sted"), TableColumn("period", "År", "period"), TableColumn("value", "Andel", "share"))
charts.show(charts.Chart("Et funn", "En linje", trend(frame, "Kristiansand", breaks=(BreakMark("2021", "Brudd 2021"),),
    narrow=visit.narrow()), frame, COLUMNS, SOURCES, "trend", example=True, command="python -m data", python="1"))
names = pl.DataFrame([{"name": f"Kommune {i}", "value": i / 100, "low": i / 120, "high": i / 90} for i in range(9)])
charts.show(charts.Chart("Et funn til", "Prikker", ranking(names, "Kommune 3", reference=Reference(0.05, "Norge"),
    narrow=visit.narrow()), names,
    (TableColumn("name", "Sted"), TableColumn("value", "Andel", "share")), SOURCES, "ranking"))
"""


def trial_project(folder: Path) -> Path:
    """Write the project into a folder and return the folder."""
    for name in COPIED:
        copy(ROOT / name, folder / name)
    for path in (folder / "pages" / "texts").glob("pages.*.toml"):
        path.unlink()
    for lang, pages in TEXTS.items():
        words = [
            f'[page.{n}]\nmenu = "{m}"\ntitle = "{t}"\nplace = "{i}"' for i, (n, (m, t)) in enumerate(pages.items())
        ]
        (folder / "pages" / "texts" / f"trial.{lang}.toml").write_text("\n".join(words), encoding="utf-8")
    for name, source in (("first", FIRST), ("picture", PICTURE), ("broken", BROKEN)):
        (folder / "pages" / f"{name}.py").write_text(source, encoding="utf-8")
    return folder


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "raw"))
    else:
        shutil.copyfile(source, target)
