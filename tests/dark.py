"""The dark theme is the light one turned over: what a colour becomes."""

_INVERTED = 0.9
_HALF_WAY_ROUND = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
"""CSS's rotation of hues by 180 degrees, of red, green and blue (Filter Effects, feColorMatrix)."""


def turned(hexadecimal: str) -> str:
    """Return a colour as a dark screen shows it: light for dark, its hue kept.

    It is CSS's `invert(0.9) hue-rotate(180deg)`, which `shell.css` lays over pictures, so that words and pictures turn
    alike and a picture is drawn, kept and taken away in one way only.
    """
    channels = (int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (_INVERTED - (2 * _INVERTED - 1) * channel for channel in channels)
    rows = [sum(weight * each for weight, each in zip(row, (red, green, blue), strict=True)) for row in _HALF_WAY_ROUND]
    return "#" + "".join(f"{round(255 * min(max(each, 0.0), 1.0)):02x}" for each in rows)
