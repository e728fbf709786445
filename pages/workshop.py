"""The workshop: a file from a publisher is dropped, checked, looked at, loaded, and taken out again."""

from pages.frame import shell
from pages.views.workshop import view

shell.require()
view.open_page()
view.show()
