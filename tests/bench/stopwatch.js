// The clock inside the page: when the reader last clicked, and when the page last changed after it.
(() => {
  const seen = { from: 0, last: 0, states: 0, drawn: 0 };
  window.__stopwatch = seen;
  const counts = (record) => {
    if (record.attributeName === "data-test-script-state") { seen.states += 1; return true; }
    const node = record.target.nodeType === 1 ? record.target : record.target.parentElement;
    if (node && node.closest("[data-testid=stPlotlyChart]")) seen.drawn += 1;
    return Boolean(node && node.closest("[data-testid=stMain], .shown"));
  };
  const watch = new MutationObserver((records) => {
    if (records.filter(counts).length) seen.last = performance.now();
  });
  watch.observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["data-test-script-state", "d"],
  });
  document.addEventListener("click", () => {
    Object.assign(seen, { from: performance.now(), last: 0, states: 0, drawn: 0 });
  }, true);
})();
