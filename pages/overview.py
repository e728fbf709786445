"""The first screen: the municipality's sheet, four questions with a true answer and a picture each."""

from pages.frame import shell
from pages.report import sheet_files
from pages.views.overview import view

shell.require()
region = view.choose()
view.show_tiles(region)
sheet_files.show(region)
view.show_rest(region)
