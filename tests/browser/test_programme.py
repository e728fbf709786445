"""The programme and the plan in a browser: every part sound for axe on a phone and a desk, and a finding copied."""

import pytest

from tests.browser.conftest import Opener

PARTS = [f"programme?part={part}" for part in ("areas", "board", "organisation", "method", "knots", "forms", "voices")]
PARTS += [f"plan?part={part}" for part in ("status", "map", "modelled", "note", "file")]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PARTS)
def test_every_part_is_sound(page_at: Opener, app_address: str, path: str, width: int) -> None:
    page_at(f"{app_address}/{path}&lang=en", width).assert_sound()


def test_a_finding_can_be_copied_with_its_source_and_link(page_at: Opener, app_address: str) -> None:
    seen = page_at(f"{app_address}/plan?part=map", 1280)
    seen.page.get_by_role("button", name="Send videre").first.click()
    line = seen.page.locator("code").first.inner_text()
    assert line.startswith("EKSEMPEL: ")
    assert "/plan?part=map" in line
