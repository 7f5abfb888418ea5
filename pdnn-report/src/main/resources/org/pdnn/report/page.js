"use strict";
// Draws the page's figures, draws them anew when the window, the colour scheme or the medium changes,
// and saves them. A printed page is light whatever the screen was, and its charts have the shape of
// paper; report.css makes them as wide as the paper is.

const darkScreen = window.matchMedia("screen and (prefers-color-scheme: dark)");
const print = window.matchMedia("print");
const PAPER = { width: 680, height: 330 };

const figures = new Map();
// Figures of one choice hide the same series.
const hidden = new Map();
for (const element of document.querySelectorAll("figure.figure")) {
  const data = JSON.parse(element.querySelector("script").textContent);
  const group = element.closest(".choice") ?? element;
  hidden.set(group, hidden.get(group) ?? new Set());
  figures.set(element.id, { element, data, hidden: hidden.get(group) });
}

function lookOfScreen() {
  return darkScreen.matches ? LOOKS.dark : LOOKS.light;
}

function optionOf(figure, look, width, height, saved) {
  return chartOption(figure.data, {
    look,
    width,
    height,
    saved,
    styleOf: (one) => appearance(one, look),
    shown: (name) => !figure.hidden.has(name),
  });
}

function draw(figure) {
  const { element, place } = figure;
  if (element.hidden) {
    return;
  }
  figure.chart ??= echarts.init(place, null, { renderer: "svg" });
  const { chart } = figure;
  const size = print.matches ? PAPER : { width: place.clientWidth, height: place.clientHeight };
  // ECharts would show an open tooltip again a moment later, in a view that is gone by then.
  chart.dispatchAction({ type: "hideTip" });
  chart.resize(size);
  chart.setOption(optionOf(figure, lookOfScreen(), size.width, size.height, false), true);
  // At once, not in the next frame: a printer or a reader of the document may never ask for one.
  chart.getZr().flush();
  place.querySelector("svg").setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  drawLegend(figure);
  element.dataset.rendered = "true";
}

function svg(tag, attributes, parent) {
  const node = parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", tag));
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}

/** A short piece of the series: its line and its marker. */
function swatch(one, parent) {
  const look = lookOfScreen();
  const style = appearance(one, look);
  const picture = svg(
    "svg",
    { viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" },
    parent,
  );
  if (one.kind === "bars") {
    svg("path", { d: "M8,0H20V12H8Z", fill: style.colour }, picture);
    return;
  }
  if (one.kind !== "markers") {
    svg(
      "path",
      {
        d: "M0,6H28",
        stroke: style.colour,
        "stroke-width": ["reference", "steps"].includes(one.kind) ? 1.6 : 2,
        "stroke-dasharray": style.dash === "solid" ? "none" : style.dash.join(" "),
      },
      picture,
    );
  }
  if (!["reference", "steps"].includes(one.kind)) {
    svg(
      "path",
      {
        d: style.shape,
        fill: style.hollow ? look.paper : style.colour,
        stroke: style.colour,
        "stroke-width": style.hollow ? 0.35 : 0,
        transform: "translate(14 6) scale(4.5)",
      },
      picture,
    );
  }
}

/** Buttons, so that a keyboard reaches them; text that wraps, so that it never covers the plot. */
function drawLegend(figure) {
  const legend = figure.element.querySelector(".legend");
  if (legend.childElementCount === 0) {
    for (const one of figure.data.series) {
      const button = legend.appendChild(document.createElement("button"));
      button.type = "button";
      button.addEventListener("click", () => {
        figure.hidden.delete(one.name) || figure.hidden.add(one.name);
        draw(figure);
      });
    }
  }
  figure.data.series.forEach((one, i) => {
    const button = legend.children[i];
    button.setAttribute("aria-pressed", String(!figure.hidden.has(one.name)));
    button.replaceChildren();
    swatch(one, button);
    button.append(one.name);
  });
}

/** The figure as a file's content: always light, with title and legend, without what is hidden. */
async function saved(id, kind) {
  const figure = figures.get(id);
  const [width, height] = [900, 560];
  if (kind === "csv") {
    return new Blob([figure.data.csv], { type: "text/csv;charset=utf-8" });
  }
  const renderer = kind === "svg" ? "svg" : "canvas";
  const chart = echarts.init(document.createElement("div"), null, {
    renderer,
    width,
    height,
    devicePixelRatio: 2,
  });
  try {
    chart.setOption(optionOf(figure, LOOKS.light, width, height, true));
    if (kind === "svg") {
      return new Blob([chart.renderToSVGString()], { type: "image/svg+xml" });
    }
    const canvas = chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: LOOKS.light.paper });
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    chart.dispose();
  }
}

async function save(id, kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await saved(id, kind));
  link.download = `${id}.${kind}`;
  link.click();
  // The browser reads the address after this click has been handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Shows the figure that is chosen, and hides the others. */
function choose(choice) {
  const chosen = choice.querySelector("select").value;
  for (const element of choice.querySelectorAll("figure.figure")) {
    element.hidden = element.id !== chosen;
  }
  choice.dataset.chosen = chosen;
  return figures.get(chosen);
}

for (const choice of document.querySelectorAll(".choice")) {
  choose(choice);
  choice.querySelector("select").addEventListener("change", () => draw(choose(choice)));
}

for (const [id, figure] of figures) {
  const place = figure.element.querySelector(".chart");
  figure.place = place;
  draw(figure);
  // In the next frame: drawing within this one may change what is being observed.
  new ResizeObserver(() => requestAnimationFrame(() => draw(figure))).observe(place);
  readByKeys(figure, place);
  for (const button of figure.element.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => save(id, button.dataset.save));
  }
}

// Nothing scrolls on paper. report.css prints tables at less than three quarters of their size on the
// screen; what is wider than the paper even so is made smaller.
for (const table of document.querySelectorAll("table")) {
  const printed = table.scrollWidth * 0.75;
  table.style.setProperty("--fit", Math.min(1, PAPER.width / printed));
}

for (const medium of [darkScreen, print]) {
  medium.addEventListener("change", () => figures.forEach(draw));
}
