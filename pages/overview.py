"""The first screen: what matters today, in five sentences."""

from pages.ui import overview_answers, shell

shell.require()
overview_answers.show(overview_answers.choose())
