"""The four tiles of a place's sheet, the same on the screen and on paper."""

from analytics.exclusion import key_messages
from pages.format.numbers import period
from pages.format.place_names import group_of, place
from pages.format.sentences import status
from pages.frame.cache import cached_object, cached_value
from pages.views.overview import help_tile, level_tiles, who_tile
from pages.views.overview.tile import Tile

messages_of = cached_value(key_messages.key_messages)


@cached_object
def tiles(region: str) -> tuple[Tile, ...]:
    """Return the tiles of a region's sheet; a question nobody has figures for has none."""
    found = {each.question: each for each in messages_of(region)}
    made = []
    if "how_many" in found:
        level = found["how_many"]
        made = [level_tiles.how_many(level, found["than_before"]), level_tiles.than_others(found["than_others"])]
        made.append(who_tile.who(level))
    return (*made, help_tile.what_helps())


def about(region: str) -> tuple[str, ...]:
    """Return what the sheet is about, in words: place, group and time, as far as there are figures."""
    level = next(iter(messages_of(region)), None)
    if level is None:
        return (place(region),)
    return place(region), str(group_of(level.subject.view)), period(level.rate.period) + status(level.rate)
