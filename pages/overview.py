"""The first screen: the municipality's sheet, four questions with a true answer and a picture each."""

from pages.frame import shell
from pages.views.overview import view

shell.require()
view.show(view.choose())
