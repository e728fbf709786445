"""How the documentation is built: Sphinx over Markdown (MyST), formulas as MathML, nothing fetched from elsewhere."""

import re
import sys
from pathlib import Path

from docutils import nodes
from docutils.utils.math import latex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import public_functions  # noqa: E402 - it lies beside this file

project = "Innenfor"
author = "Innenfor"
extensions = ["myst_parser"]
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["README.md"]
html_theme = "furo"
html_title = "Innenfor"
html_show_sphinx = False
html_show_copyright = False
html_math_renderer = "mathml"
smartquotes = False
suppress_warnings = ["misc.highlighting_failure"]  # Pygments knows no CSV: it is shown as plain text


HAT_UNDER = re.compile(r"<munderover>\s*(<mi>[^<]*</mi>)\s*(<m(\w+)>[^<]*</m\3>)\s*(<mo[^>]*>ˆ</mo>)\s*</munderover>")


def formula(self: HTML5Translator, node: nodes.Node) -> None:
    """Write a formula as MathML, which every browser of today draws without a script."""
    displayed = isinstance(node, nodes.math_block)
    written = latex2mathml.tex2mathml(node.astext(), as_block=displayed)
    # an index stands beside a hat, not under it
    written = HAT_UNDER.sub(r"<msub><mover>\1\4</mover>\2</msub>", written)
    self.body.append(f'<div class="math" style="padding: 0.7em 0">{written}</div>' if displayed else written)
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Make the page of functions, and tell Sphinx of the writer of formulas."""
    (HERE / "functions.md").write_text(public_functions.page(), encoding="utf-8")
    app.add_html_math_renderer("mathml", (formula, None), (formula, None))
