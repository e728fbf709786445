"""How many stand outside work and education: over time, beside others, and who they are."""

from pages.components import notices
from pages.frame import shell
from pages.views.exclusion import selection, view

shell.require()
choice = selection.choose()
notices.before(choice.subject)
view.show(choice)
if choice.picture not in selection.OF_NO_INDICATOR:
    notices.after(view.read(choice), choice.period)
view.show_further(choice)
