"""What a measure gains, to whom, when and how surely; and, in a place of its own, what exclusion costs."""

from pages.frame import shell
from pages.views.gains import selection, view

shell.require()
choice = selection.choose()
view.show(choice)
