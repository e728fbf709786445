"""How the figures are made: definitions, deliveries, breaks, quality, and what is missing."""

from pages.frame import shell
from pages.views.method import view

shell.require()
view.open_page()
view.show()
