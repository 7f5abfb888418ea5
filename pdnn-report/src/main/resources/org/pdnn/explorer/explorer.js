"use strict";
// What the reader chooses, and what follows from it.

const data = JSON.parse(document.getElementById("data").textContent);
const element = (id) => document.getElementById(id);
const networks = new Map();
const counts = [...new Set(data.widths[0].trials.filter((one) => one.random).map((one) => one.samples))];
const longest = Math.max(...counts);
const dark = window.matchMedia("screen and (prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Milliseconds from one pass to the next, and at most for all. */
const PASS = 90;
const ALL = 1600;

const state = {
  width: 0,
  scheme: data.schemes.includes("scrambled") ? "scrambled" : data.schemes[0],
  samples: counts.find((count) => count >= 8) ?? longest,
  technology: 0,
  memory: data.technologies[0].costs.weightBit,
  seed: data.seed,
};
let passes = [];
let answers = [];
let shown = 0;
let arriving = 0;
let next = 0;

const lookOf = () => (dark.matches ? LOOKS.dark : LOOKS.light);
const costs = () => ({ ...data.technologies[state.technology].costs, weightBit: state.memory });

/** The network with weights of the chosen width. */
function network() {
  if (!networks.has(state.width)) {
    const { network: json } = data.widths[state.width];
    networks.set(state.width, new IntegerNetwork(json, data.lines));
  }
  return networks.get(state.width);
}

/** Bits of the chosen weights. */
const weights = () => Number(data.widths[state.width].weights);

/** The trials of the chosen width at their prices. */
function priced() {
  return data.widths[state.width].trials.map((trial) => {
    const price = priceOf(data.works[trial.work], trial.samples, costs());
    return { ...trial, ...price };
  });
}

/** The passes of the drawn image, and the answers of the first ones; none of an empty drawing. */
function sample() {
  const bytes = [...drawing.bytes];
  if (bytes.every((byte) => byte === 0)) {
    passes = [];
    answers = [];
    return;
  }
  const codes = Int32Array.from(bytes, (byte) => data.input.codes[byte]);
  const address = inputAddress(bytes.map((byte) => data.input.values[byte]));
  passes = network().passes(codes, address, state.seed, state.scheme, state.samples);
  answers = passes.map((_, t) => answerOf(passes.slice(0, t + 1).map((pass) => pass.logits)));
}

/** Lets the passes arrive one by one. */
function arrive() {
  clearInterval(arriving);
  shown = still.matches ? state.samples : 1;
  showPasses();
  if (shown < state.samples && passes.length > 0) {
    arriving = setInterval(
      () => {
        shown = Math.min(shown + 1, state.samples);
        showPasses();
        if (shown === state.samples) {
          clearInterval(arriving);
        }
      },
      Math.min(PASS, ALL / state.samples),
    );
  }
}

/** All passes at once: the reader moves a control, and follows its effect. */
function atOnce() {
  clearInterval(arriving);
  shown = state.samples;
  showPasses();
}

function showPasses() {
  raster.show(passes.slice(0, shown), lookOf());
  settling.show(settlingFigure(answers.slice(0, shown), data.classes, longest), lookOf());
  tellPasses(passes.slice(0, shown), answers[shown - 1]);
  document.body.dataset.passes = Math.min(shown, passes.length);
}

function showPrices() {
  const trials = priced();
  const { tolerance, refusal } = data.widths[state.width];
  const here = trials.find(
    (one) => one.random && one.scheme === state.scheme && one.samples === state.samples,
  );
  // The headline follows the controls: of the samples, only theirs are compared.
  const verdict = verdictOf(trials.filter((one) => !one.random || one === here), tolerance, refusal);
  const reference = referenceOf(trials);
  const { name } = data.technologies[state.technology];
  element("verdict").textContent = sentenceOf(verdict);
  element("basis").textContent = basisOf(here, reference, tolerance, weights(), name, state.memory);
  element("caution").textContent = cautionOf(
    reference,
    betterTwin(trials, tolerance),
    tolerance,
    weights(),
  );
  element("overall").textContent = overallOf(verdictOf(trials, tolerance, refusal));
  tradeoff.show(tradeoffFigure(trials, here, tolerance), lookOf());
  tellPrices(trials, here, verdict, tolerance);
}

function showControls() {
  element("samples").value = counts.indexOf(state.samples);
  element("samples").setAttribute("aria-valuetext", counted(state.samples, "sample"));
  element("samples-shown").textContent = state.samples;
  element("memory").value = nearestMemory(state.memory);
  element("memory").setAttribute("aria-valuetext", `${readable(state.memory)} picojoules per bit`);
  element("memory-shown").textContent = `${readable(state.memory)} pJ/bit`;
  for (const name of ["width", "scheme", "technology"]) {
    element(name).value = state[name];
  }
  element("seed").value = state.seed;
}

/** Steps of the memory's slider: nothing, then 15 for each power of ten from 1 fJ to 100 pJ. */
function memoryAt(step) {
  return step === 0 ? 0 : Number((10 ** (-3 + step / 15)).toPrecision(3));
}

function nearestMemory(value) {
  return value === 0 ? 0 : Math.min(Math.max(Math.round(15 * (3 + Math.log10(value))), 1), 75);
}

/** Takes what was chosen; passes are drawn anew where they change or are too few. */
function choose(change) {
  Object.assign(state, change);
  const drawn =
    ["width", "scheme", "seed"].some((name) => name in change) || state.samples > passes.length;
  showControls();
  if (drawn) {
    sample();
  }
  if ("seed" in change) {
    arrive();
  } else {
    atOnce();
  }
  showPrices();
}

/** What was drawn: while the pen moves, once for each frame. */
function draw(ended) {
  pressExample(-1);
  cancelAnimationFrame(next);
  if (ended) {
    sample();
    arrive();
  } else {
    next = requestAnimationFrame(() => {
      sample();
      atOnce();
    });
  }
}

function pressExample(chosen) {
  [...element("examples").children].forEach((button, i) =>
    button.setAttribute("aria-pressed", String(i === chosen)),
  );
}

function showExample(i) {
  drawing.set(bytesOf(data.examples[i].pixels));
  pressExample(i);
  sample();
  arrive();
}

function options(id, names) {
  names.forEach(([value, name]) => element(id).append(new Option(name, value)));
}

function showLook() {
  const look = lookOf();
  drawing.show(look);
  [...element("examples").children].forEach((button, i) =>
    showBytes(button.firstChild, bytesOf(data.examples[i].pixels), data.input.rows, data.input.columns, look.ink),
  );
}

const { rows, columns } = data.input;
const raster = new Raster(element("raster"), (pass, unit) => tellBit(passes[pass], pass, unit));
const settling = new Plot(element("settling"));
const tradeoff = new Plot(element("tradeoff"));
const drawing = new Drawing(element("drawing"), rows, columns, draw);

element("samples").max = counts.length - 1;
options("scheme", data.schemes.map((scheme) => [scheme, scheme]));
options("width", data.widths.map(({ weights: bits }, i) => [i, counted(Number(bits), "bit")]));
options("technology", data.technologies.map(({ name }, i) => [i, name]));
data.examples.forEach(({ label }, i) => {
  const button = element("examples").appendChild(document.createElement("button"));
  button.type = "button";
  button.setAttribute("aria-label", `Test image of class ${data.classes[label]}`);
  button.append(document.createElement("canvas"));
  button.addEventListener("click", () => showExample(i));
});
element("networks").textContent = `Networks: ${data.provenance.networks}.`;
for (const [name, value] of Object.entries(data.provenance)) {
  for (const [tag, words] of [["dt", name], ["dd", value]]) {
    element("provenance").appendChild(document.createElement(tag)).textContent = words;
  }
}

const on = (id, type, changed) =>
  element(id).addEventListener(type, () => choose(changed(element(id).value)));
on("samples", "input", (value) => ({ samples: counts[Number(value)] }));
on("scheme", "change", (value) => ({ scheme: value }));
on("width", "change", (value) => ({ width: Number(value) }));
on("memory", "input", (value) => ({ memory: memoryAt(Number(value)) }));
on("technology", "change", (value) => ({
  technology: Number(value),
  memory: data.technologies[Number(value)].costs.weightBit,
}));
element("seed").addEventListener("change", () => {
  const seed = Math.floor(Number(element("seed").value));
  choose({ seed: Math.min(Math.max(seed || 0, 0), Number.MAX_SAFE_INTEGER) });
});
element("clear").addEventListener("click", () => {
  drawing.set(new Uint8Array(rows * columns));
  draw(true);
});
document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll(".value[open]").forEach((value) => (value.open = false));
  }
});
// One formula at a time.
for (const value of document.querySelectorAll(".value")) {
  value.name = "formula";
}
dark.addEventListener("change", () => {
  showLook();
  showPasses();
  showPrices();
});

showControls();
showLook();
showExample(0);
showPrices();
// The page can be used once this frame is seen: milliseconds since it was asked for.
requestAnimationFrame(() =>
  setTimeout(() => (document.body.dataset.ready = Math.round(performance.now()))),
);
