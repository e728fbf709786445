"""Who should pay what: proportional and Shapley shares of a cost, and side payments that leave nobody worse off."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from benefits.errors import InvalidInput
from benefits.no_answer import NoAnswer
from benefits.valuation.appraisal import Appraisal

# Organisations at the table: the state is one player, whatever budget its money stands in.
ORGANISATIONS = {
    "municipality": ("municipality",),
    "county": ("county",),
    "state": ("state_transfers", "state_tax"),
    "health_trust": ("health_trust",),
}
_MOST_PLAYERS = 16


@dataclass(frozen=True)
class Sharing:
    """A cost shared: what each player gains before paying, its worth (gain − cost share) and its cost share, in NOK.

    The cost shares sum to the cost; a player that loses has a negative share: it is made good.
    """

    gains: Mapping[str, float]
    cost: float
    values: Mapping[str, float]
    cost_shares: Mapping[str, float]


@dataclass(frozen=True)
class SidePayment:
    """A payment between players, in NOK."""

    payer: str
    receiver: str
    nok: float


def proportional(gains: Mapping[str, float], cost: float) -> Sharing | NoAnswer:
    """Return the cost shared in proportion to gains; losses are added to the cost and made good first.

    `gains` is NOK by player before any payment. No answer where the gains do not reach cost and losses.
    """
    total, burden = _checked(gains, cost)
    if total < burden:
        return _too_little(total, burden)
    kept = {player: gain * (1 - burden / total) if gain > 0 else 0.0 for player, gain in gains.items()}
    return _sharing(gains, cost, kept)


def shapley(gains: Mapping[str, float], cost: float) -> Sharing | NoAnswer:
    """Return the cost shared by the Shapley value, exactly, over all coalitions of the players that gain.

    A coalition is worth max(0, its gains − cost and losses); the cost share is the gain less the Shapley value.
    The result does not depend on the order of players. No answer where the gains do not reach cost and losses, or with
    more than 16 players who gain.
    """
    total, burden = _checked(gains, cost)
    if total < burden:
        return _too_little(total, burden)
    winners = sorted(player for player, gain in gains.items() if gain > 0)
    if len(winners) > _MOST_PLAYERS:
        return NoAnswer("too_many_players", (("players", len(winners)), ("most", _MOST_PLAYERS)))
    values = {player: _shapley_value(player, winners, gains, burden) for player in winners}
    return _sharing(gains, cost, {player: values.get(player, 0.0) for player in gains})


def side_payments(positions: Mapping[str, float]) -> tuple[SidePayment, ...] | NoAnswer:
    """Return payments from those who gain to those who lose, so that nobody is worse off.

    `positions` is each player's net gain after what it pays today, in NOK. Those who gain pay in proportion to it.
    No answer where the players together lose: then no payments among them can do it.
    """
    _finite(positions)
    losers = {player: -net for player, net in positions.items() if net < 0}
    winners = {player: net for player, net in positions.items() if net > 0}
    missing, surplus = math.fsum(losers.values()), math.fsum(winners.values())
    if surplus < missing:
        return NoAnswer("no_side_payments", (("surplus", surplus), ("missing", missing)))
    return tuple(
        SidePayment(payer, receiver, loss * (gain / surplus))
        for receiver, loss in sorted(losers.items())
        for payer, gain in sorted(winners.items())
    )


def organisation_positions(appraisal: Appraisal) -> dict[str, float]:
    """Return the expected net present value of each organisation the measure touches, after the costs it pays, in NOK.

    Who neither gains, loses nor pays in any draw has no place at the table.
    """
    return {
        player: math.fsum(appraisal.public[payer].expected for payer in payers)
        for player, payers in ORGANISATIONS.items()
        if any(not appraisal.public[payer].untouched or appraisal.paid_by.get(payer) for payer in payers)
    }


def organisation_gains(appraisal: Appraisal) -> tuple[dict[str, float], float]:
    """Return (gain by organisation before any of them pays a cost, the cost they pay together), present values."""
    positions = organisation_positions(appraisal)
    paid = {name: math.fsum(appraisal.paid_by.get(payer, 0.0) for payer in ORGANISATIONS[name]) for name in positions}
    return {name: positions[name] + paid[name] for name in positions}, math.fsum(paid.values())


def _shapley_value(player: str, players: list[str], gains: Mapping[str, float], burden: float) -> float:
    others = [name for name in players if name != player]
    count = len(players)
    terms = []
    for size in range(count):
        weight = 1 / (count * math.comb(count - 1, size))
        for coalition in combinations(others, size):
            inside = [gains[name] for name in coalition]
            without = max(0.0, math.fsum(inside) - burden)
            terms.append(weight * (max(0.0, math.fsum([*inside, gains[player]]) - burden) - without))
    return math.fsum(terms)


def _sharing(gains: Mapping[str, float], cost: float, values: Mapping[str, float]) -> Sharing:
    return Sharing(dict(gains), cost, dict(values), {player: gains[player] - values[player] for player in gains})


def _checked(gains: Mapping[str, float], cost: float) -> tuple[float, float]:
    """Return (sum of the gains, cost plus losses)."""
    _finite(gains)
    if not (math.isfinite(cost) and cost >= 0):
        raise InvalidInput(where="cost", found=str(cost), allowed=">= 0 NOK")
    burden = math.fsum([cost, *(-gain for gain in gains.values() if gain < 0)])
    return math.fsum(gain for gain in gains.values() if gain > 0), burden


def _finite(amounts: Mapping[str, float]) -> None:
    for player, amount in amounts.items():
        if not math.isfinite(amount):
            raise InvalidInput(where=player, found=str(amount), allowed="finite NOK")


def _too_little(total: float, burden: float) -> NoAnswer:
    return NoAnswer("gains_below_cost", (("gains", total), ("cost", burden)))
