"""How the figures are made: definitions, deliveries, breaks, quality, and what is missing."""

from pages.ui import method_parts, shell

shell.require()
method_parts.open_page()
method_parts.show()
