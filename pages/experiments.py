"""What has been tried, and what it did: the portfolio, one experiment, and a planner."""

from pages.ui import experiments_choice, experiments_one, experiments_planner, experiments_portfolio, shell

shell.require()
choice = experiments_choice.choose()
if choice.view == "portfolio":
    experiments_portfolio.show(choice)
elif choice.view == "one":
    experiments_one.show(choice)
else:
    experiments_planner.show(choice)
