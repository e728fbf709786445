"""The programme: the steering group's room, from closing to how it works."""

from pages.frame import shell
from pages.report import download
from pages.views.programme import selection, view

shell.require()
view.show(selection.open_room(), download.show)
