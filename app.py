"""Innenfor: young people outside work and education, and what helps."""

from pages.frame import shell

shell.enter()
