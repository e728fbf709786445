"""Synthetic control: a weighted average of other places that follows one place until something begins there.

Source: Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105, 493–505.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Shares: TypeAlias = npt.NDArray[np.float64]
"""Shares 0–1, a row a year and a column a place; the first column is the place itself."""
_SCALE = 100.0  # per hundred: the solver's tolerance is made for numbers of this size


def donor_weights(own: Shares, donors: Shares) -> Shares:
    """Return the weights, none negative and 1 together, whose average of `donors` lies nearest `own` (least squares).

    own: years; donors: years × places. With each donor's distance from `own` as a column of Z, the weights w that make
    |Zw|² + (sum w − 1)² least, none negative, are those of the nearest point of the donors' hull but for their sum.
    """
    from scipy.optimize import nnls

    distances = _SCALE * (donors - own[:, None])
    found, _ = nnls(np.vstack([distances, np.ones(donors.shape[1])]), np.append(np.zeros(len(own)), 1.0))
    return np.asarray(found / found.sum(), dtype=np.float64)


def synthetic(shares: Shares, before: int) -> tuple[Shares, Shares]:
    """Return the place's synthetic share each year, and its donors' weights, fitted on the first `before` years."""
    weights = donor_weights(shares[:before, 0], shares[:before, 1:])
    return shares[:, 1:] @ weights, weights


def gaps(shares: Shares, before: int) -> Shares:
    """Return what every place lies above its synthetic share each year, shaped as `shares`.

    The first column is the place's own; each donor is made of the other donors, never of the place.
    """
    donors = shares[:, 1:]
    each = [synthetic(np.roll(donors, -place, axis=1), before)[0] for place in range(donors.shape[1])]
    return shares - np.column_stack([synthetic(shares, before)[0], *each])
