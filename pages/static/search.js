// The search box: opened by its button in the header, it finds a place, a figure, a picture or a page by any word.
(function () {
  "use strict";
  const home = new URL("search.json", document.currentScript.src);
  const LETTERS = { ø: "o", æ: "ae", đ: "d", ŧ: "t", ŋ: "n" };
  const MOST = 12;
  let box = null;

  // Marks fall away on both sides: Kárášjohka is found by karasjohka, Tromsø by tromso.
  function fold(words) {
    const plain = words.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return plain.replace(/[øæđŧŋ]/g, (letter) => LETTERS[letter]);
  }

  // The lower the nearer: the title begins so, a word of it does, a word of the sentence does, it stands inside a title.
  function distance(entry, sought) {
    if (entry.title_.startsWith(sought)) return 0;
    const start = " " + sought;
    if (entry.title_.includes(start)) return 1;
    if (entry.title_.includes(sought)) return 2;
    if (entry.more_.includes(start)) return 3;
    return sought.split(" ").every((word) => entry.all_.includes(" " + word)) ? 4 : Infinity;
  }

  function find(entries, typed) {
    const sought = fold(typed).trim().replace(/\s+/g, " ");
    if (sought.length < 2) return [];
    const near = entries.map((entry, at) => [distance(entry, sought), at, entry]).filter((each) => each[0] < Infinity);
    return near.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map((each) => each[2]);
  }

  function address(entry) {
    const query = new URLSearchParams(entry.query);
    const here = new URLSearchParams(location.search).get("region");
    if (entry.keeps && here) query.set("region", here);
    if (document.documentElement.lang === "en") query.set("lang", "en");
    return "./" + entry.page + (query.size ? "?" + query : "");
  }

  function element(kind, words, parent, name) {
    const made = document.createElement(kind);
    if (words) made.textContent = words;
    if (name) made.className = name;
    parent.append(made);
    return made;
  }

  function show(list, status, known, typed) {
    const found = find(known.entries, typed);
    list.replaceChildren();
    for (const entry of found) {
      const link = element("a", entry.title, element("li", "", list));
      link.href = address(entry);
      const more = entry.more.length > 90 ? entry.more.slice(0, 88).replace(/\s\S*$/, "") + " …" : entry.more;
      element("span", [known.words["kind." + entry.kind], more].filter(Boolean).join(" · "), link);
    }
    const few = typed.trim().length < 2;
    status.textContent = few ? known.words.hint : found.length ? known.words.found + " " + found.length : known.words.none;
  }

  function build(known) {
    box = element("dialog", "", document.body, "innenfor-search");
    box.dataset.lang = document.documentElement.lang;
    const head = element("div", "", box);
    const label = element("label", known.words.label, head);
    const field = element("input", "", label);
    field.type = "search";
    field.autocomplete = "off";
    const close = element("button", known.words.close, head);
    close.type = "button";
    close.addEventListener("click", () => box.close());
    const status = element("p", "", box);
    status.setAttribute("role", "status");
    const list = element("ul", "", box);
    box.setAttribute("aria-label", known.words.label);
    field.addEventListener("input", () => show(list, status, known, field.value));
    box.addEventListener("keydown", (event) => step(event, field, [...list.querySelectorAll("a")]));
    show(list, status, known, "");
  }

  function step(event, field, links) {
    const stops = [field, ...links];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Enter" && at === 0 && links.length) links[0].click();
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (next === undefined || !stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  async function open() {
    const lang = document.documentElement.lang;
    if (box && box.dataset.lang !== lang) {
      box.remove();
      box = null;
    }
    if (!box) {
      home.searchParams.set("lang", lang);
      const known = await (await fetch(home)).json();
      for (const entry of known.entries) {
        entry.title_ = fold(entry.title);
        entry.more_ = " " + fold(entry.more);
        entry.all_ = " " + entry.title_ + entry.more_;
      }
      if (!box) build(known);
    }
    if (!box.open) box.showModal();
  }

  window.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(".innenfor-find")) open();
    if (event.target === box || event.target.closest(".innenfor-search a")) box.close();
  });
})();
