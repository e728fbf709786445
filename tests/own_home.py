"""A municipality's home as the tests write it: Stavanger with its own indicator, delivery, programme and plan."""

import datetime as dt
from pathlib import Path

from data import paths
from tests.data.raw_ground import HEADER, deliver

SETTINGS = """
home_municipality = "1103"
peers = ["4204", "1108"]
[disclosure.stavanger]
threshold = 5
legend = 4
zeros_published = true
"""
PLAN = {
    "id": "S1", "gain": "Flere unge i Stavanger får sommerjobb", "type": "others", "beneficiary": "De unge",
    "owner": "Oppvekst, Stavanger kommune", "measure": "Sommerjobb", "goal": "Flere i jobb", "indicator": "summer_jobs",
    "unit": "percent", "baseline": 10.0, "baseline_date": dt.date(2022, 12, 31), "target": 12.0,
    "target_date": dt.date(2026, 12, 31), "method": "Kommunens egne tall", "frequency": "yearly",
}  # fmt: skip


def furnished(home: Path) -> Path:
    """Fill a home and return it."""
    home.mkdir(parents=True)
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    indicator(home, "summer_jobs", "Sommerjobb i Stavanger")
    rows = [
        f"summer_jobs,1103,{year},15-29,both,{count},30000,,final,0"
        for year, count in ((2021, 2700), (2022, 3000), (2023, 3300))
    ]
    deliver(
        home / "raw", text="\n".join([HEADER, *rows, ""]).encode(), source="stavanger", edition="stavanger-2024",
        publisher="Stavanger kommune", title="Sommerjobb",
    )  # fmt: skip
    programme(home, "1103", "Jobb i nord")
    plan(home)
    return home


def indicator(home: Path, name: str, label: str) -> Path:
    """Write an indicator of the home's own, after the shipped register indicator."""
    text = (paths.shipped("indicators") / "neet_register.toml").read_text(encoding="utf-8").split("[[breaks]]")[0]
    text = text.replace('"neet_register"', f'"{name}"')
    text = text.replace("Utenfor arbeid, utdanning og tiltak (register)", label)
    return written(home / "indicators" / f"{name}.toml", text)


def programme(home: Path, municipality: str, name: str) -> Path:
    """Write a programme of the home's own, with facts alone."""
    text = (paths.shipped("programme") / "programme.toml").read_text(encoding="utf-8")
    text = text.replace('"4204"', f'"{municipality}"').replace("Flere i arbeid", name).replace("More in work", name)
    return written(home / "programme" / "programme.toml", text.replace("Kristiansand", "Stavanger"))


def plan(home: Path) -> Path:
    """Write a plan with one gain."""
    rows = (
        f"{key} = {value}" if isinstance(value, float | dt.date) else f'{key} = "{value}"'
        for key, value in PLAN.items()
    )
    return written(home / "plan" / "plan-2026-01.toml", "\n".join(["template = 1", "[[gain]]", *rows]))


def written(file: Path, text: str) -> Path:
    """Write a file with its folder and return it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
