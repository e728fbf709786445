"""How many stand outside work and education: over time, beside others, in order."""

from pages.ui import exclusion_choice, exclusion_pictures, notices, shell

shell.require()
choice = exclusion_choice.choose()
notices.before(choice.subject)
exclusion_pictures.show(choice)
notices.after(choice.subject, choice.period)
