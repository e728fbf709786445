"""Every page on the narrowest screen, and with text at twice its size: nothing lies over anything or is cut off."""

import pytest

from pages.frame.shell import page_names
from tests.browser.conftest import Opener

TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
FAULTS = """() => {
  const hidden = ".innenfor-heard, [aria-hidden=true], details:not([open]) > :not(summary), dialog:not([open])";
  const elsewhere = "script, style, svg, [data-testid=stPlotlyChart]";
  const fixed = "[data-testid=stHeader], .st-key-innenfor-toggle", scrolled = ".innenfor-table, pre";
  const cut = scrolled + ", [role=radiogroup], [data-testid=stSidebar], [data-testid=stSelectbox]";
  const main = document.querySelector("[data-testid=stMain]"), boxes = [], faults = [];
  const wider = Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
  if (wider > 0) faults.push(`${wider} px wider than the screen`);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, home = node.parentElement, words = node.textContent.trim().slice(0, 40);
    if (!words || !home || home.closest(elsewhere) || home.closest(hidden)) continue;
    const range = document.createRange(), frame = home.closest(scrolled)?.getBoundingClientRect();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const away = frame && (box.top > frame.bottom - 4 || box.bottom < frame.top + 4);
      if (box.width < 3 || box.height < 3 || away) continue;
      if (!home.closest(cut) && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`“${words}” is cut off`);
      boxes.push({ box, words, home, above: !!home.closest(fixed) });
    }
  }
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach(b => {
    if (a.above !== b.above || a.home.contains(b.home) || b.home.contains(a.home)) return;
    const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    const small = Math.min(a.box.height, b.box.height);
    if (across > 2 && down > 0.35 * small) faults.push(`“${a.words}” lies over “${b.words}”`);
  }));
  return faults;
}"""


@pytest.mark.parametrize("name", page_names())
def test_nothing_lies_over_anything_on_a_narrow_screen_or_in_large_text(
    page_at: Opener, app_address: str, name: str
) -> None:
    page = page_at(f"{app_address}/{'' if name == page_names()[0] else name}", 320).page
    assert page.evaluate(FAULTS) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(TWICE)
    page.wait_for_timeout(600)  # the menu counts anew how much of it has room
    assert page.evaluate(FAULTS) == []


def test_the_search_for_faults_finds_them(page_at: Opener, app_address: str) -> None:
    page = page_at(f"{app_address}/method", 320).page
    page.evaluate("document.querySelector('h1').style.marginBottom = '-3rem'")
    assert any("lies over" in each for each in page.evaluate(FAULTS))
    page.evaluate("document.querySelector('h1').style.transform = 'translateX(250px)'")
    assert any("cut off" in each for each in page.evaluate(FAULTS))
