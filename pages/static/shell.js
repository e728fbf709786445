// Before Streamlit starts: the page's language, two key shortcuts without a modifier, whether the screen is narrow, and
// what is said while the server does not answer.
(function () {
  "use strict";

  // Without this, Streamlit looks for its server under the page's own address first, and finds nothing there.
  window.__streamlit = { BACKEND_BASE_URL: new URL("..", document.currentScript.src).href.replace(/\/$/, "") };

  function editable(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]") !== null;
  }

  // WCAG 2.1.4: Streamlit reruns on "r" and clears its cache on "c" with no modifier key.
  window.addEventListener(
    "keydown",
    function (event) {
      const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (bare && /^[rc]$/i.test(event.key) && !editable(event.target)) event.stopImmediatePropagation();
    },
    true
  );

  // Charts are drawn on the server: it must know before the first one whether there is room for labels beside lines.
  const narrow = window.matchMedia("(max-width: 640px)");
  function tell() {
    document.cookie = "innenfor_narrow=" + (narrow.matches ? "1" : "0") + "; path=/; SameSite=Strict";
  }
  tell();
  narrow.addEventListener("change", tell);

  // Where the menu lies over the page, it gives way to the page that is chosen in it.
  window.addEventListener("click", function (event) {
    const link = event.target instanceof Element && event.target.closest("[data-testid=stSidebarNavLink]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const close = document.querySelector("[data-testid=stSidebarCollapseButton] button");
    if (close) close.click();
  });

  // <html lang> follows the toggle; Streamlit's own skip link and menu buttons speak the reader's language.
  function follow() {
    const mark = document.querySelector(".innenfor-language");
    if (!mark) return;
    if (document.documentElement.lang !== mark.dataset.lang) document.documentElement.lang = mark.dataset.lang;
    const skip = document.querySelector("[data-testid=stSkipToContent]");
    if (skip && skip.textContent !== mark.dataset.skip) skip.textContent = mark.dataset.skip;
    name("[data-testid=stExpandSidebarButton]", mark.dataset.menu);
    for (const rest of document.querySelectorAll(".rc-overflow-item-rest [data-testid=stTopNavSection] p"))
      if (/^\d+ more$/.test(rest.textContent)) rest.firstChild.data = mark.dataset.menu;
    name("[data-testid=stSidebarCollapseButton] button", mark.dataset.close);
    const box = document.querySelector(".innenfor-box");
    if (box) {
      name("[data-testid=stFileUploaderDropzone] button", box.dataset.choose);
      name("[data-testid=stFileChip][aria-invalid=true]", box.dataset.heavy).forEach((chip) => (chip.role = "alert"));
    }
  }
  function name(selector, word) {
    const named = document.querySelectorAll(selector);
    for (const each of named) if (each.getAttribute("aria-label") !== word) each.setAttribute("aria-label", word);
    return named;
  }

  // A link that asks for a part of a page leads to it, once, when it is there.
  let sought = null;
  function ask() {
    sought = new URLSearchParams(window.location.search).get("part");
  }
  ask();
  window.addEventListener("popstate", ask);
  function seek() {
    const place = sought && document.querySelector('[class*="-part-' + CSS.escape(sought) + '-"]');
    if (!place) return;
    sought = null;
    setTimeout(() => place.scrollIntoView(), 300);
  }

  // A server that is away: said in the reader's language where Streamlit says nothing for long, and then in English.
  let met = false;
  let waiting = 0;
  function listen() {
    const app = document.querySelector("[data-testid=stApp]");
    const connected = app !== null && app.dataset.testConnectionState === "CONNECTED";
    met = met || connected;
    if (connected) {
      waiting = clearTimeout(waiting) || 0;
      document.querySelectorAll(".innenfor-away").forEach((notice) => notice.remove());
    } else if (met) {
      dismissConnectionError();
      waiting = waiting || setTimeout(sayAway, 1500);
    }
  }
  function sayAway() {
    const mark = document.querySelector(".innenfor-language");
    if (!mark || document.querySelector(".innenfor-away")) return;
    const notice = document.createElement("p");
    notice.className = "innenfor-away";
    notice.setAttribute("role", "alert");
    document.body.append(notice);
    notice.textContent = mark.dataset.away;
  }
  function dismissConnectionError() {
    for (const dialog of document.querySelectorAll("[role=dialog]")) {
      const close = dialog.querySelector("[aria-label=Close]");
      if (close && dialog.textContent.includes("Connection error")) close.click();
    }
  }

  const watched = { attributeFilter: ["data-test-connection-state"], childList: true, subtree: true };
  new MutationObserver(() => (follow(), seek(), listen())).observe(document, watched);
})();
