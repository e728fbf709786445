"""An experiment's protocol as Markdown: what was settled before, in words, and its design as a file that can be run."""

from analytics.experiments.design.design import as_written
from analytics.experiments.portfolio.results import Reported
from pages.components import downloads
from pages.format import marking
from pages.format.markdown import literal
from pages.format.texts import text
from pages.views.experiments import registration, wording


def offer(each: Reported) -> None:
    """Offer the protocol of one's own experiment; of a published trial its publication is one."""
    if each.experiment.published or each.experiment.design is None:
        return
    file = marking.file_name(f"{each.key}-{text('experiments.record.protocol_file')}.md")
    downloads.button(text("experiments.record.protocol"), protocol(each), file, f"protocol-{each.key}")


def protocol(each: Reported) -> str:
    """Return the protocol: the registration record, what was registered again and why, and the design with its hash."""
    design = each.experiment.design
    mark = marking.sentence(example=each.experiment.example)
    told = [f"- **{term}:** {literal(words)}" for term, words in registration.record_lines(each)]
    again = [f"- {literal(line)}" for line in registration.registered_again(each)]
    return "\n".join([
        f"# {literal(wording.title(each))}", "", *([f"**{mark}**", ""] if mark else []), *told, "",
        *([text("experiments.record.again"), "", *again, ""] if again else []),
        f"## {text('experiments.record.design')}", "",
        text("experiments.record.design_lead"), "",
        "~~~toml", as_written(design).rstrip() if design else "", "~~~", "",
    ])  # fmt: skip
