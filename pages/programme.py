"""The programme: areas, board, organisation, method, knots, forms and young people's voice."""

from pages.ui import programme_choice, programme_parts, shell

shell.require()
programme_parts.show(programme_choice.choose())
