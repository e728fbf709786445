// A link to a page of the app is followed in the session the reader has: the server draws the page, and nothing is loaded
// anew. Streamlit hears of it as of the browser's back and forward. Everything else is the browser's own affair.
(function () {
  "use strict";
  const OURS = ":is([data-testid=stMain], .innenfor-search) a[href]";
  const base = new URL("..", document.currentScript.src).pathname;
  const [, ...others] = document.currentScript.dataset.pages.split(" ");
  const pages = [base, ...others.map((name) => base + name)]; // the first page has the bare address

  function followed(event) {
    const link = event.target instanceof Element && event.target.closest(OURS);
    const bare = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !bare || !["", "_self"].includes(link.target) || event.defaultPrevented || !connected()) return null;
    const to = new URL(link.href);
    return to.origin === location.origin && !to.hash && pages.includes(to.pathname) ? to : null;
  }

  function connected() {
    const app = document.querySelector("[data-testid=stApp]");
    return app !== null && app.dataset.testConnectionState === "CONNECTED";
  }

  window.addEventListener("click", (event) => {
    const to = followed(event);
    if (!to) return;
    event.preventDefault();
    const elsewhere = to.pathname !== location.pathname;
    history.pushState({}, "", to);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (elsewhere || !to.searchParams.get("part")) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  });
})();
