"""A self-assessment as the pages ask for it: its questions, and its lines by their id or as a list."""

from data.curated.programme.forms import ASKED, empty_assessment, line_named, lines_apart, lines_listed

__all__ = ["ASKED", "empty_assessment", "line_named", "lines_apart", "lines_listed"]
