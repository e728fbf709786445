"""A home with one registered experiment and what UiA delivers of it, as the tests write them."""

import hashlib
from pathlib import Path

from analytics.experiments.portfolio.registry import to_register
from data import paths
from data.curated.experiment import registration_log

KEY = "kort-kurs"
RECORD = """
[experiment]
title = { nb = "Kort kurs", en = "Short course" }
question = { nb = "Kommer flere i jobb?", en = "Do more get to work?" }
area = 3
phase = "test"
target_group = { nb = "18–29 år", en = "Aged 18–29" }
method = "rct"
unit_of_assignment = { nb = "person", en = "person" }
primary_outcome = { nb = "i jobb", en = "in work" }

[design]
method = "rct"
kind = "binary"
outcome = "in_work"
mde = 5
label = { nb = "i jobb", en = "in work" }
"""
RESULTS = """experiment,unit,arm,period,outcome,n,events
kort-kurs,all,control,1,in_work,260,168
kort-kurs,all,treatment,1,in_work,185,140
"""
FLOW = """experiment,arm,assigned,measured
kort-kurs,control,280,260
kort-kurs,treatment,200,185
"""
DURATIONS = """experiment,arm,outcome,interval,at_risk,events,censored
kort-kurs,control,in_work,1,100,20,5
kort-kurs,treatment,in_work,1,100,30,5
"""


def registered(home: Path, text: str = RECORD, day: str = "2026-01-12") -> Path:
    """Write the experiment's file into a home, register it, and return the file."""
    file = home / "experiments" / f"{KEY}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    key, content_hash = to_register(file)
    registration_log.append(key, content_hash, path=file.parent / registration_log.BOOK, day=day, amend=True)
    return file


def deliver(home: Path, text: str = RESULTS, name: str = "results", published: str = "2026-06", **said: object) -> Path:
    """Write a delivery of UiA with its sidecar into a home and return the data file."""
    file = home / "raw" / "uia" / published / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    keys = {
        "adapter": "uia", "publisher": "Universitetet i Agder", "table": name, "title": "Resultater", "source": "UiA",
        "published": published, "accessed": published, "licence": "CC BY 4.0", "edition": f"uia-{published}-{name}",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), **said,
    }  # fmt: skip
    file.with_suffix(".toml").write_text("".join(f'{key} = "{value}"\n' for key, value in keys.items()), "utf-8")
    return file


def opened(home: Path, monkeypatch) -> Path:
    """Let the rest of a test be in that home with builds of its own, and return the folder of builds."""
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    monkeypatch.setenv("INNENFOR_VAR", str(home.parent / "var"))
    return paths.var()
