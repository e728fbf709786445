"""What becomes of them: later born at the same age, age and year, flows between states, and the years ahead."""

from pages.frame import shell
from pages.views.cohorts import selection, view

shell.require()
choice = selection.choose()
view.show(choice)
