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

const passesOf = (count) => (count === 1 ? "1 pass" : `${count} passes`);

function tellPasses(seen, answer) {
  element("settled").hidden = !answer;
  element("rows").textContent =
    `Rows: passes. Columns: ${raster.units === raster.all ? "the" : `${raster.units} of the`} ${raster.all} neurons` +
    " of the last hidden layer; filled is 1. On top: their mean.";
  if (!answer) {
    tellNothing();
    return;
  }
  tellAnswer(seen, answer);
  tellSettled(seen.map((pass) => pass.logits));
  element("raster").setAttribute(
    "aria-label",
    `Bits of ${counted(raster.all, "hidden neuron")} in ${passesOf(seen.length)}.` +
      " Arrow keys read one bit after the other.",
  );
  const [first, ...rivals] = likeliest(answer.logits).map((c) => data.classes[c]);
  element("rivals").textContent =
    `Of the likeliest classes: ${first} leads, ${rivals.join(" and ")} ${rivals.length === 1 ? "follows" : "follow"}.`;
  if (raster.at && raster.at.pass < seen.length) {
    const { pass, column } = raster.at;
    tellBit(seen[pass], pass, raster.unit(column));
  } else {
    element("bit").textContent = "Point at a bit to see where it comes from.";
  }
}

/** An empty drawing is none of the classes, whatever the network makes of it. */
function tellNothing() {
  tell("probability", "Draw a digit", "", ["The drawing is empty: there is nothing to name."]);
  element("raster").setAttribute("aria-label", "No bits: the drawing is empty.");
  element("rows").textContent = "";
  element("rivals").textContent = "";
  element("bit").textContent = "Draw a digit, or choose one of the test images.";
}

function tellAnswer({ length }, answer) {
  tell(
    "probability",
    "It is a",
    `${data.classes[answer.label]}: ${odds(answer.probabilities[answer.label])}`,
    [
      "p = exp(z) / the sum of exp(z) over all classes",
      `z is a class's logit, the mean of ${passesOf(length)}.`,
    ],
    [
      ["class", "z", "p"],
      ...answer.logits.map((z, c) => [data.classes[c], z.toFixed(4), percent(answer.probabilities[c])]),
    ],
  );
}

/** The odds that more passes change nothing, which takes passes that differ. */
function tellSettled(passes) {
  const T = passes.length;
  const ahead = T > 1 ? leads(passes) : [];
  const freedom = freedomOf(T, passes[0].length);
  const odd = "The odds that further passes name the same class: 1 - the sum over the other classes of P(t > lead),";
  if (ahead.length === 0) {
    tell("settled", "settled:", T === 1 ? "1 pass shows no spread" : `${passesOf(T)} are all alike`, [
      odd,
      "with the lead in standard errors of the mean. These take two passes that differ.",
    ]);
    return;
  }
  tell(
    "settled",
    "settled:",
    odds(settled(passes)),
    [odd, `with the lead in standard errors of the mean, and t Student's at ${freedom} degrees of freedom.`],
    [
      ["class", "lead", "P(t > lead)"],
      ...ahead.map(({ rival, errors }) => [
        data.classes[rival],
        errors.toFixed(2),
        studentTail(errors, freedom).toExponential(1),
      ]),
    ],
  );
}

/** Why a bit is what it is. */
function tellBit({ thresholds, words, bits }, pass, unit) {
  const u = (words[unit] >>> 17) / ONE;
  const p = thresholds[unit] / ONE;
  element("bit").textContent =
    `Pass ${pass + 1}, neuron ${unit + 1}: the random number u = ${u.toFixed(4)} is ` +
    `${bits[unit] ? "below" : "not below"} P = f(I) = ${p.toFixed(4)}, so the bit is ${bits[unit]}.`;
}

function tellPrices(trials, here, verdict, tolerance) {
  const reference = referenceOf(trials);
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
  tell("ratio", `against ${counted(reference.bits, "bit")}`, `${times.toFixed(2)} times`, [
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
    "Curve: samples, from few to many, with 95 % bands; circled: T. Squares: the deterministic twins. Dotted: the" +
    ` required accuracy. All have weights of ${counted(weights(), "bit")}.`;
}
