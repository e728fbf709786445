// The clock inside the page: when the reader last clicked or pressed a key, when the page stood after it (the script has run and the
// expected charts are drawn), and when it last changed.
(() => {
  const seen = { from: 0, last: 0, stood: 0, states: 0, drawn: 0, charts: null };
  let before = new Map();  // what each chart showed at the click: only another figure counts as drawn, not a hover
  window.__stopwatch = seen;
  const title = () => document.querySelector("[data-testid=stMain] h1")?.textContent ?? "";
  const stands = () => {
    const charts = seen.charts ?? window.__charts ?? 0;
    const app = document.querySelector("[data-testid=stApp]");
    const ready = !app || (app.dataset.testScriptState === "notRunning" && title() !== "");
    const answered = !seen.from || seen.states > 0 || seen.drawn > 0 || title() !== seen.title;
    const drawn = [...document.querySelectorAll("[data-testid=stPlotlyChart], .shown")]
      .filter((chart) => chart.querySelector(".main-svg")).length;
    return ready && answered && drawn >= charts && (!charts || seen.drawn > 0);
  };
  const counts = (record) => {
    if (record.attributeName === "data-test-script-state") { seen.states += 1; return true; }
    const node = record.target.nodeType === 1 ? record.target : record.target.parentElement;
    const chart = node && node.closest("[data-testid=stPlotlyChart], .shown");
    const plot = chart && (chart.matches(".js-plotly-plot") ? chart : chart.querySelector(".js-plotly-plot"));
    if (chart && (!plot || !before.has(plot) || before.get(plot) !== plot.data)) seen.drawn += 1;
    return Boolean(node && node.closest("[data-testid=stMain], .shown"));
  };
  const watch = new MutationObserver((records) => {
    if (!records.filter(counts).length) return;
    seen.last = performance.now();
    seen.stood = stands() ? seen.stood || seen.last : 0;
  });
  watch.observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["data-test-script-state", "d"],
  });
  const begin = () => {
    before = new Map([...document.querySelectorAll(".js-plotly-plot")].map((plot) => [plot, plot.data]));
    Object.assign(seen, { from: performance.now(), last: 0, stood: 0, states: 0, drawn: 0, title: title() });
  };
  document.addEventListener("click", begin, true);
  document.addEventListener("keydown", begin, true);
})();
