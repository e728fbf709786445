"""What the page on ordering flows says is what the product does with person spells."""

import re
import tomllib

from tests.architecture import tree


def test_the_order_of_states_is_the_one_spells_are_counted_by() -> None:
    page = (tree.ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
    rules = tomllib.loads((tree.ROOT / "data" / "spells" / "rules.toml").read_text(encoding="utf-8"))
    ordered = re.findall(r"^\| \d+ \| `(\w+)` \|", page, re.MULTILINE)
    assert ordered == ["left", *rules["precedence"], rules["without_spell"]]
