"use strict";
// Every number with the formula that it comes from.

/** A number under its name, and what is behind it: paragraphs, then a table. */
function tell(id, name, value, paragraphs, table) {
  const details = element(id);
  if (details.childElementCount === 0) {
    const summary = details.appendChild(document.createElement("summary"));
    summary.append(document.createElement("span"), " ", document.createElement("output"));
    summary.firstChild.className = "what";
    details.appendChild(document.createElement("div")).className = "formula";
  }
  const [summary, formula] = details.children;
  summary.firstChild.textContent = name;
  summary.lastChild.textContent = value;
  formula.replaceChildren(
    ...paragraphs.map((words) =>
      Object.assign(document.createElement("p"), { textContent: words }),
    ),
    ...(table ? [tableOf(table)] : []),
  );
}

/** The first row is the head; the first column is words, the others are numbers. */
function tableOf([head, ...body]) {
  const table = document.createElement("table");
  const row = (parent, cells, tag) => {
    const line = parent.appendChild(document.createElement("tr"));
    cells.forEach((words, column) => {
      const cell = line.appendChild(document.createElement(tag));
      cell.textContent = words;
      cell.className = column > 0 ? "number" : "";
    });
  };
  row(table.createTHead(), head, "th");
  const rows = table.createTBody();
  body.forEach((cells) => row(rows, cells, "td"));
  return table;
}

function tellPasses(seen, answer) {
  const T = seen.length;
  const name = data.classes[answer.label];
  element("raster").setAttribute(
    "aria-label",
    `Bits of ${counted(raster.all, "hidden neuron")} in ${T === 1 ? "1 pass" : `${T} passes`}.` +
      " Arrow keys read one bit after the other.",
  );
  tell(
    "probability",
    "It is a",
    `${name}: ${odds(answer.probabilities[answer.label])}`,
    [
      "p = exp(z) / the sum of exp(z) over all classes",
      `z is a class's logit, the mean of ${T === 1 ? "1 pass" : `${T} passes`}.`,
    ],
    [
      ["class", "z", "p"],
      ...answer.logits.map((z, c) => [data.classes[c], z.toFixed(4), percent(answer.probabilities[c])]),
    ],
  );
  const ahead = T > 1 ? leads(seen.map((pass) => pass.logits)) : [];
  const freedom = freedomOf(T, answer.logits.length);
  tell(
    "settled",
    "settled",
    odds(settled(seen.map((pass) => pass.logits))),
    [
      "The odds that further passes name the same class: 1 - the sum over the other classes of P(t > lead),",
      ahead.length === 0
        ? "which takes two passes that differ."
        : `with the lead in standard errors of the mean, and t Student's at ${freedom} degrees of freedom.`,
    ],
    ahead.length === 0
      ? undefined
      : [
          ["class", "lead", "P(t > lead)"],
          ...ahead.map(({ rival, errors }) => [
            data.classes[rival],
            errors.toFixed(2),
            studentTail(errors, freedom).toExponential(1),
          ]),
        ],
  );
  if (raster.at && raster.at.pass < T) {
    const { pass, column } = raster.at;
    tellBit(seen[pass], pass, raster.unit(column));
  } else {
    element("bit").textContent =
      `Rows: passes. Columns: ${raster.units === raster.all ? "the" : `${raster.units} of the`} ${raster.all} neurons` +
      " of the last hidden layer; filled is 1. On top: their mean. Point at a bit to see where it comes from.";
  }
}

/** Why a bit is what it is. */
function tellBit({ thresholds, words, bits }, pass, unit) {
  const u = (words[unit] >>> 17) / ONE;
  const p = thresholds[unit] / ONE;
  element("bit").textContent =
    `Pass ${pass + 1}, neuron ${unit + 1}: the random number u = ${u.toFixed(4)} is ` +
    `${bits[unit] ? "below" : "not below"} P = f(I) = ${p.toFixed(4)}, so the bit is ${bits[unit]}.`;
}

function tellPrices(trials, verdict, tolerance) {
  const here = trials.find(
    (one) => one.random && one.scheme === state.scheme && one.samples === state.samples,
  );
  const reference = trials.filter((one) => !one.random).toSorted((a, b) => b.bits - a.bits)[0];
  const { value, low, high } = here.accuracy;
  tell("accuracy", "Accuracy", percent(value), [
    "right answers / answers, on the test images, mean over noise seeds",
    `${wayOf(here)}: ${percent(low)} to ${percent(high)} is the 95 % interval over the seeds.`,
  ]);
  const layers = data.works[here.work];
  const price = costs();
  const counts_ = countsOf(layers, here.samples, data.operations);
  tell(
    "energy",
    "Energy",
    nanojoules(here.picojoules),
    [
      "E = the sum of counts × constants: weights are read, and what precedes the p-bits computed, once for all passes.",
      `One inference of ${wayOf(here)} on ${data.technologies[state.technology].name}.`,
    ],
    [
      ["operation", "count", "constant", "nJ"],
      ...data.operations.flatMap(({ key, symbol, unit, noun }, i) =>
        counts_[i] === 0 || price[key] === 0
          ? []
          : [
              [
                `${noun}, ${symbol}`,
                grouped(counts_[i], { maximumFractionDigits: 2 }),
                `${readable(price[key])} ${unit}`,
                readable((counts_[i] * price[key]) / 1000),
              ],
            ],
      ),
      ["E", "", "", readable(here.picojoules / 1000)],
    ],
  );
  const times = here.picojoules / reference.picojoules;
  tell("ratio", `of ${counted(reference.bits, "bit")}'`, `${times.toFixed(2)} times`, [
    `E(${wayOf(here)}) / E(${wayOf(reference)})`,
    `${nanojoules(here.picojoules)} / ${nanojoules(reference.picojoules)} = ${times.toFixed(4)}`,
  ]);
  const line = reference.accuracy.value - tolerance;
  tell(
    "decision",
    "required",
    percent(line),
    [
      `It is ${(100 * tolerance).toFixed(1)} points below ${wayOf(reference)}, ${percent(reference.accuracy.value)}.`,
      "Each side enters with its cheapest that reaches the required accuracy. It wins if it is cheaper by more than" +
        " 5 %, and surely reaches it, by a 95 % interval.",
    ],
    [
      ["cheapest that reaches it", "accuracy", "nJ"],
      ...[verdict.samples, verdict.bits]
        .filter(Boolean)
        .map((one) => [wayOf(one), percent(one.accuracy.value), readable(one.picojoules / 1000)]),
    ],
  );
  element("legend").textContent =
    "Curve: samples, from few to many, with 95 % bands. Squares: the deterministic twins. Dotted: the required accuracy." +
    ` All have weights of ${data.widths[state.width].weights} bits.`;
}
