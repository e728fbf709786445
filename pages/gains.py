"""What a measure gains, to whom, when and how surely; and, in a place of its own, what exclusion costs."""

from pages.ui import gains_choice, gains_pictures, shell

shell.require()
choice = gains_choice.choose()
gains_pictures.show(choice)
