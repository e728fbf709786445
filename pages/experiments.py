"""What has been tried, and what it did: the portfolio, one experiment, and a planner."""

from pages.frame import shell
from pages.views.experiments import detail, planner, portfolio, selection
from pages.views.gains import experiment_choice

shell.require()
choice = selection.choose()
if choice.view == "portfolio":
    portfolio.show(choice)
elif choice.view == "one":
    detail.show(choice, experiment_choice.address_of)
else:
    planner.show(choice)
