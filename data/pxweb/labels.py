"""A mapping under the names and codes a table has, where it was written in labels or the table was renamed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from data.pxweb.mapping import Mapping, in_order
from data.pxweb.query import PxTable, Variable
from data.sources.ssb.vocabulary import age_of, role_of, sex_by_code, sex_of


def in_codes_of(table: PxTable, mapping: Mapping) -> Mapping:
    """Return the mapping in the table's own codes: one the table does not have is found by its label, if just one fits.

    What is not found stays as it is written, for `differences` to name.
    """
    if mapping.by_labels:
        mapping = _in_names_of(table, mapping)
    renamed = {
        (name, code): own
        for name, codes in mapping.take.items()
        if name in table.dimensions
        for code in codes
        if (own := _code_called(table.dimensions[name], mapping.called.get(name, {}).get(code, ""), code)) != code
    }
    take = {name: tuple(renamed.get((name, code), code) for code in codes) for name, codes in mapping.take.items()}
    quantities = {
        quantity: {key: _renamed(text, renamed) for key, text in cells.items()}
        for quantity, cells in mapping.quantities.items()
    }
    return replace(mapping, take=take, quantities=quantities)


def _in_names_of(table: PxTable, mapping: Mapping) -> Mapping:
    """Return a mapping made of labels under the table's own names, with all it has of ages and sexes."""
    names = names_of(table, [*mapping.take])
    called = {names[name]: {code: f"(?i)^{re.escape(code)}$" for code in codes} for name, codes in mapping.take.items()}
    contents = next((name for name in names.values() if role_of(name) == "contents"), "")
    quantities = {
        quantity: {
            "measure": _measure(table, contents, called, cells["measure"]),
            "dimensions": _under_names(cells.get("dimensions", ""), names),
        }
        for quantity, cells in mapping.quantities.items()
    }
    take = {names[name]: codes for name, codes in mapping.take.items()} | people_of(table, {*names.values()})
    return replace(mapping, take=take, called=called, quantities=quantities)


def _measure(table: PxTable, contents: str, called: dict[str, dict[str, str]], label: str) -> str:
    """Return the table's code of a content that is written as its label."""
    pattern = called.get(contents, {}).get(label, "")
    return _code_called(table.dimensions[contents], pattern, label) if contents in table.dimensions else label


def _under_names(text: str, names: dict[str, str]) -> str:
    parts = (part.partition("=") for part in text.split(";"))
    return in_order(";".join(f"{names.get(name, name)}{sign}{code}" for name, sign, code in parts))


def _code_called(variable: Variable, pattern: str, code: str) -> str:
    fitting = [own for own, label in variable.labels.items() if pattern and re.search(pattern, label)]
    return fitting[0] if code not in variable.codes and len(fitting) == 1 else code


def _renamed(text: str, renamed: dict[tuple[str, str], str]) -> str:
    """Return dimensions (`a=1;b=2`) with the codes that have other names in the table."""
    parts = (part.partition("=") for part in text.split(";"))
    return ";".join(f"{name}{sign}{renamed.get((name, code), code)}" for name, sign, code in parts)


def names_of(table: PxTable, names: Sequence[str]) -> dict[str, str]:
    """Return each name with the table's dimension of that id or label, in any case; itself where there is none."""
    own = {each.label.lower(): each.id for each in table.dimensions.values() if each.label}
    own |= {each.lower(): each for each in table.dimensions}
    return {name: own.get(name.lower(), name) for name in names}


def people_of(table: PxTable, taken: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the dimensions of age and sex nobody has said anything of, each with every code that can be read."""
    found = {}
    for name, each in table.dimensions.items():
        role = "" if name in taken else role_of(name) or role_of(each.label)
        if role == "age":
            found[name] = tuple(code for code in each.codes if age_of(code) or age_of(each.labels[code]))
        if role == "sex":
            found[name] = tuple(code for code in each.codes if sex_of(each.labels[code]) or sex_by_code(name, code))
    return found
