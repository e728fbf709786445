"""The programme: areas, board, organisation, method, knots, forms and young people's voice."""

from pages.frame import shell
from pages.views.programme import selection, view

shell.require()
view.show(selection.choose())
