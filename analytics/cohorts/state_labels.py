"""The states of flows in words: what each is called, what it means and who defines it."""

from data.flow_states import states


def state_label(name: str, lang: str = "en") -> str:
    """Return a state's name in a language."""
    return states()[name].label[lang]


def states_told(names: list[str], lang: str = "en") -> list[dict[str, str]]:
    """Return label, definition and publisher of states in a language, in the order of the glossary."""
    return [
        {"label": each.label[lang], "definition": each.definition[lang], "publisher": each.publisher}
        for name, each in states().items()
        if name in names
    ]
