"""What each person adds to Cox's score where events are tied: Efron's way, as the coefficients themselves.

statsmodels fits by Efron but takes residuals as if ties had none before them; in months most events are tied.
Source: Therneau & Grambsch (2000), Modeling Survival Data, sections 3.3 and 4.6.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def efron_residuals(columns: Floats, entry: Whole, time: Whole, event: Whole, slopes: Floats) -> tuple[Floats, Floats]:
    """Return Schoenfeld's residuals (events × columns, in the persons' order) and the score's (persons × columns).

    columns: persons × columns; entry and time: how many times of events there are until each; event: 1 or 0; slopes: of
    the columns. A person is at risk at the times after entry and until time. The score's residuals sum to the score: 0
    at Cox's estimate.
    """
    had = event == 1
    linear = columns @ slopes
    weight = np.exp(linear - linear.max())
    part = np.column_stack([weight, weight[:, None] * columns])
    last = int(time[had].max())
    risk = _from_then_on(part, time, last) - _from_then_on(part, entry, last)
    tied = _at(part[had], time[had], last)
    ties = np.bincount(time[had], minlength=last + 1)
    each = np.repeat(np.arange(last + 1), ties)  # the events by their time
    before = ((np.arange(len(each)) - np.searchsorted(each, each)) / ties[each])[:, None]  # of its ties, gone before it
    left = risk[each] - before * tied[each]
    mean, rate = left[:, 1:] / left[:, :1], 1 / left[:, :1]
    of_events = columns[had] - (_at(mean, each, last) / np.maximum(ties, 1)[:, None])[time[had]]
    hazard = np.column_stack([rate, rate * mean])
    until, gone = _at(hazard, each, last).cumsum(axis=0), _at(before * hazard, each, last)
    lived = until[np.minimum(time, last)] - until[np.minimum(entry, last)]
    lived[had] -= gone[time[had]]
    score = weight[:, None] * (lived[:, 1:] - columns * lived[:, :1])
    score[had] += of_events
    return of_events, score


def _at(values: Floats, times: Whole, last: int) -> Floats:
    """Return the sums of rows by time, 0 to the last."""
    sums = np.zeros((last + 1, values.shape[1]))
    np.add.at(sums, times, values)
    return sums


def _from_then_on(values: Floats, times: Whole, last: int) -> Floats:
    """Return the sums of rows at each time or later."""
    return np.asarray(_at(values, np.minimum(times, last), last)[::-1].cumsum(axis=0)[::-1])
