"""Who delivers and in which layouts, by name: the one list that sidecars, settings and the command line choose from."""

PUBLISHERS = ("ssb", "nav", "county", "imdi", "fhi", "uia")
"""Sources: a folder under `raw/`, a rule in the settings, and an adapter that reads what they deliver."""
DELIVER_RAW = ("nav", "county", "uia")
"""Sources whose deliveries may hold small counts; they deliver transitions between states beside their other files."""
EXPERIMENTS = "uia"
"""The source whose own layouts are results, durations and flow of experiments."""
TABLE, FLOWS, OCCUPATIONS = "table", "flows", "occupations"
"""Innenfor's own layouts: observations of indicators, transitions between states, and the demand side."""
PLAN = "plan"
"""What can be checked but is no delivery."""
ADAPTERS = (TABLE, FLOWS, OCCUPATIONS, *PUBLISHERS)
"""What a sidecar may name."""
CHECKED = tuple(sorted((*ADAPTERS, PLAN)))
"""What `check --source` may name."""
DATA_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".parquet", ".dta", ".sav", ".zsav", ".px")
"""How the name of a delivered file ends."""
