"""The first screen: what matters today, in five sentences."""

from pages.frame import shell
from pages.views.overview import answers

shell.require()
answers.show(answers.choose())
