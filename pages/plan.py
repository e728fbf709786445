"""The benefit realisation plan: status, map, modelled beside realised, and the note."""

from pages.frame import shell
from pages.report import download
from pages.views.plan import selection, view

shell.require()
view.show(selection.choose(), download.show)
