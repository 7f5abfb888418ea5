"use strict";
// The two charts, as figures that chart.js draws.

class Plot {
  constructor(place) {
    Object.assign(this, { place, hidden: new Set(), figure: undefined });
    readByKeys(this, place);
    new ResizeObserver(() => requestAnimationFrame(() => this.show())).observe(place);
  }

  show(figure = this.figure, look = this.look) {
    Object.assign(this, { figure, look });
    if (!figure) {
      return;
    }
    this.chart ??= echarts.init(this.place, null, { renderer: "svg" });
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    this.chart.dispatchAction({ type: "hideTip" });
    this.chart.resize({ width, height });
    const styleOf = (one) => appearance(one, look);
    const option = chartOption(figure, { look, width, height, styleOf, shown: () => true });
    this.chart.setOption(option, true);
    this.chart.getZr().flush();
    this.place.dataset.rendered = "true";
    this.place.setAttribute(
      "aria-label",
      `${figure.title}. Left and right arrow keys read its values.`,
    );
  }
}

const POWERS = [1, 2, 4, 8, 16, 32];

/** The mean logits of the three likeliest classes from pass to pass. */
function settlingFigure(answers, classes, longest) {
  const { logits } = answers[answers.length - 1];
  const likeliest = logits
    .map((_, c) => c)
    .toSorted((a, b) => logits[b] - logits[a])
    .slice(0, 3);
  return {
    title: "Mean logits against passes",
    x: { name: "Passes", unit: "", scale: "log2", ticks: POWERS.filter((t) => t <= longest) },
    y: { name: "Mean logit", unit: "", scale: "linear", ticks: [] },
    series: likeliest.map((c, rank) => ({
      name: classes[c],
      slot: rank,
      kind: "line",
      stroke: "solid",
      points: answers.map((answer, i) => ({
        x: i + 1,
        y: answer.logits[c],
        ...(i === answers.length - 1 ? { label: classes[c] } : {}),
      })),
    })),
  };
}

/** The samples of a scheme and the deterministic twins, at their prices, and where the reader is. */
function tradeoffFigure(trials, scheme, samples, tolerance) {
  const place = (trial, label) => ({
    x: trial.picojoules / 1000,
    y: 100 * trial.accuracy.value,
    ...(label ? { label } : {}),
  });
  const run = trials.filter((trial) => trial.random && trial.scheme === scheme);
  const twins = trials.filter((trial) => !trial.random);
  const here = run.find((trial) => trial.samples === samples);
  const reference = twins.toSorted((a, b) => b.bits - a.bits)[0];
  return {
    title: "Accuracy against energy",
    x: { name: "Energy per inference", unit: "nJ", scale: "log10", ticks: [] },
    y: { name: "Accuracy", unit: "%", scale: "linear", ticks: [] },
    series: [
      {
        name: "samples",
        kind: "line",
        slot: 0,
        stroke: "solid",
        points: run.map((trial) => ({
          ...place(trial, ""),
          yLow: 100 * trial.accuracy.low,
          yHigh: 100 * trial.accuracy.high,
        })),
      },
      {
        name: "bits",
        kind: "markers",
        slot: 1,
        stroke: "solid",
        points: twins.map((trial) => place(trial, counted(trial.bits, "bit"))),
      },
      {
        name: "required accuracy",
        kind: "reference",
        slot: 1,
        stroke: "dotted",
        points: [{ x: 0, y: 100 * (reference.accuracy.value - tolerance) }],
      },
      {
        name: "here",
        kind: "markers",
        slot: 0,
        stroke: "dashed",
        points: [place(here, `T = ${samples}`)],
      },
    ],
  };
}
