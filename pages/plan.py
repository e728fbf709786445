"""The benefit realisation plan: status, map, modelled beside realised, and the note."""

from pages.ui import plan_choice, plan_parts, shell

shell.require()
plan_parts.show(plan_choice.choose())
