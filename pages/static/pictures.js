// A picture to take away, made in the browser that drew it: title, what it is about, the picture, its source.
// And on paper a picture that is wider than the page is made as much smaller.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24, LEAST = 360, SHARPNESS = 2, PRINTED = 1600, PAPER_WIDTH = 680;
  const FAMILY = '"Source Sans", "Source Sans 3", system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
  const INK = "#1b2733", QUIET = "#4f5b67", PAPER = "#ffffff";

  window.addEventListener("click", function (event) {
    const button = event.target instanceof Element && event.target.closest(".innenfor-take button");
    if (button) take(button.parentElement.dataset, button.dataset.kind);
  });

  window.addEventListener("beforeprint", function () {
    for (const chart of document.querySelectorAll("[class*=st-key-picture-]"))
      chart.style.setProperty("--innenfor-fit", Math.min(1, PAPER_WIDTH / chart.clientWidth));
  });

  async function take(told, kind) {
    const place = document.querySelector(told.picture);
    const drawn = place && (charted(place) || (await imaged(place)));
    if (!drawn) return;
    const framed = await frame(drawn, told);
    const svg = new Blob([new XMLSerializer().serializeToString(framed)], { type: "image/svg+xml" });
    save(kind === "svg" ? svg : await raster(svg, framed), told.file + "." + kind);
  }

  // A chart of Plotly is some layers of the same size, drawn over each other.
  function charted(place) {
    const layers = [...place.querySelectorAll(".js-plotly-plot .main-svg")].map((layer) => layer.cloneNode(true));
    if (!layers.length) return null;
    for (const layer of layers) {
      layer.removeAttribute("style");
      layer.querySelectorAll(".hoverlayer, .draglayer, .zoomlayer").forEach((each) => each.remove());
    }
    return { layers, width: Number(layers[0].getAttribute("width")), height: Number(layers[0].getAttribute("height")) };
  }

  // A picture of the server is one image, or one over another.
  async function imaged(place) {
    const images = [...place.querySelectorAll("img")];
    if (!images.length) return null;
    const layers = [];
    for (const image of images) {
      const said = image.src.startsWith("data:")
        ? decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1))
        : await (await fetch(image.src)).text();
      layers.push(new DOMParser().parseFromString(said, "image/svg+xml").documentElement);
    }
    const [, , wide, high] = layers[0].getAttribute("viewBox").split(/[ ,]+/).map(Number);
    const width = Math.max(images[0].clientWidth, LEAST);
    const swatches = [...place.querySelectorAll(".legend li")];
    const legend = swatches.map((each) => [each.querySelector("span").style.background, each.textContent]);
    return { layers, width, height: (width * high) / wide, legend };
  }

  async function frame(drawn, told) {
    const width = Math.max(drawn.width, LEAST) + 2 * EDGE, room = width - 2 * EDGE;
    const root = node("svg", { width, viewBox: "0 0 " + width + " 0" });
    root.append(await letters(), node("title", {}, told.title), node("rect", { width, height: "100%", fill: PAPER }));
    let y = write(root, told.title, room, EDGE, 21, 650, INK);
    y = write(root, told.about, room, y + 2, 15, 400, QUIET) + 10;
    for (const layer of drawn.layers) {
      for (const [name, value] of Object.entries({ x: EDGE, y, width: drawn.width, height: drawn.height }))
        layer.setAttribute(name, value);
      root.append(layer);
    }
    y = legend(root, drawn.legend || [], y + drawn.height + 10);
    y = write(root, told.source, room, y, 13, 400, QUIET);
    y = write(root, told.foot + " · " + location.host + location.pathname, room, y, 13, 400, QUIET);
    const height = Math.ceil(y + EDGE - 6);
    root.setAttribute("height", height);
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    return root;
  }

  function legend(root, swatches, top) {
    for (const [fill, words] of swatches) {
      root.append(node("rect", { x: EDGE, y: top + 2, width: 14, height: 14, fill, stroke: QUIET }));
      root.append(node("text", { "font-family": FAMILY, "font-size": 14, fill: INK, x: EDGE + 22, y: top + 14 }, words));
      top += 21;
    }
    return swatches.length ? top + 8 : top;
  }

  // Lines are broken at spaces; a figure and its unit are held together by a space that does not break.
  function write(root, words, room, top, size, weight, fill) {
    if (!words) return top;
    const ruler = document.createElement("canvas").getContext("2d");
    ruler.font = weight + " " + size + "px " + FAMILY;
    const lines = [""];
    for (const word of words.split(" ")) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (ruler.measureText(longer).width > room && lines[lines.length - 1]) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    const look = { "font-family": FAMILY, "font-size": size, "font-weight": weight, fill, x: EDGE };
    lines.forEach((line, number) => root.append(node("text", { ...look, y: top + size + number * size * 1.3 }, line)));
    return top + lines.length * size * 1.3 + 2;
  }

  // The letters go with the picture: whoever opens it elsewhere has the same widths.
  async function letters() {
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.href ? sheet.cssRules : []) {
        if (!(rule instanceof CSSFontFaceRule) || !/^"?Source Sans"?$/.test(rule.style.fontFamily)) continue;
        if (rule.style.fontStyle === "italic") continue;
        const address = rule.style.getPropertyValue("src").match(/url\("?([^")]+)/);
        if (!address) continue;
        const file = await (await fetch(new URL(address[1], sheet.href))).blob();
        return node("style", {}, '@font-face{font-family:"Source Sans";font-weight:100 900;src:url(' + (await read(file)) + ")}");
      }
    }
    return node("style", {});
  }

  async function raster(svg, framed) {
    const width = Number(framed.getAttribute("width")), height = Number(framed.getAttribute("height"));
    const image = new Image(), address = URL.createObjectURL(svg);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas"), scale = Math.max(SHARPNESS, PRINTED / width);
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function read(file) {
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(file);
    });
  }

  function node(name, facts, words) {
    const made = document.createElementNS(SVG, name);
    for (const [fact, value] of Object.entries(facts)) made.setAttribute(fact, value);
    if (words) made.textContent = words;
    return made;
  }
})();
