"""What becomes of them: later born at the same age, age and year, flows between states, and the years ahead."""

from pages.ui import cohorts_choice, cohorts_pictures, shell

shell.require()
choice = cohorts_choice.choose()
cohorts_pictures.show(choice)
