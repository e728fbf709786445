"""Parts rounded within a whole that is rounded already."""

from hypothesis import given
from hypothesis import strategies as st

from data.disclosure.rounding import rounded_within


@given(
    parts=st.lists(st.integers(0, 40), min_size=1, max_size=8),
    base=st.integers(2, 9),
    carried=st.integers(0, 8),
    up=st.booleans(),
)
def test_parts_make_up_their_whole_and_none_is_small(parts: list[int], base: int, carried: int, *, up: bool) -> None:
    total = sum(parts)
    whole = total if total == 0 or total >= base else base if up else 0
    near, left = rounded_within(parts, whole, base, min(carried, base // 2))
    assert sum(near) == whole
    assert all(part == 0 or part >= base for part in near)
    assert abs(left) <= base


def test_which_way_a_part_goes_hangs_on_what_was_carried() -> None:
    assert rounded_within([2, 20], 22, 5)[0] == [0, 22]
    assert rounded_within([2, 20], 22, 5, carried=2)[0] == [5, 17]
