"use strict";
// The two charts, as figures that chart.js draws and labels.js labels.

class Plot {
  constructor(place) {
    Object.assign(this, { place, hidden: new Set(), figure: undefined, next: 0 });
    readByKeys(this, place);
    this.said = document.createElement("p");
    this.said.className = "said";
    this.said.setAttribute("aria-live", "polite");
    place.after(this.said);
    new ResizeObserver(() => requestAnimationFrame(() => this.show())).observe(place);
  }

  /** Draws after the frame that is about to be seen: whatever else the reader did shows at once. */
  show(figure = this.figure, look = this.look) {
    Object.assign(this, { figure, look });
    cancelAnimationFrame(this.next);
    if (figure) {
      this.next = requestAnimationFrame(() => setTimeout(() => this.draw()));
    }
  }

  draw() {
    const { figure, look } = this;
    this.chart ??= echarts.init(this.place, null, { renderer: "svg" });
    const [width, height] = [this.place.clientWidth, this.place.clientHeight];
    this.chart.dispatchAction({ type: "hideTip" });
    this.chart.resize({ width, height });
    const styleOf = (one) => appearance(one, look);
    const option = chartOption(figure, { look, width, height, styleOf, shown: () => true });
    const { formatter } = option.tooltip;
    option.tooltip.formatter = (items) => this.told(formatter(items));
    this.chart.setOption(option, true);
    this.chart.setOption({ graphic: this.labels(option, width, height) });
    this.chart.getZr().flush();
    this.place.dataset.rendered = "true";
    this.place.setAttribute(
      "aria-label",
      `${figure.title}. Left and right arrow keys read its values.`,
    );
  }

  /** Says what a reader by keys came to. */
  told(box) {
    if (document.activeElement === this.place) {
      this.said.textContent = [...box.children].map((line) => line.textContent).join("; ");
    }
    return box;
  }

  labels({ grid }, width, height) {
    const { figure, look } = this;
    const pixel = (p) => {
      const [x, y] = this.chart.convertToPixel({ gridIndex: 0 }, [
        POSITION[figure.x.scale](p.x),
        POSITION[figure.y.scale](p.y),
      ]);
      return { x, y };
    };
    const frame = { left: grid.left - LABEL.gap, top: 0, right: width, bottom: height - grid.bottom };
    const drawn = [];
    const labels = [];
    for (const one of figure.series) {
      const { colour, hollow } = appearance(one, look);
      const reach = one.kind === "markers" ? (hollow ? 10 : 7) : 5;
      if (one.kind === "reference") {
        const { y } = pixel({ ...one.points[0], x: figure.series[0].points[0].x });
        drawn.push({ left: grid.left, right: width, top: y - 2, bottom: y + 2 });
        continue;
      }
      const points = one.points.map(pixel);
      drawn.push(...points.map((p) => around(p, reach)));
      if (one.kind === "line") {
        drawn.push(...alongLine(points));
      }
      one.points.forEach(({ label }, i) => {
        if (label) {
          labels.push({ words: label, ...points[i], reach, colour });
        }
      });
    }
    return placeLabels(labels, drawn, frame).map(({ words, colour, box }) => ({
      type: "text",
      silent: true,
      z: 5,
      x: box.left,
      y: (box.top + box.bottom) / 2,
      style: {
        text: words,
        fill: colour,
        stroke: look.paper,
        lineWidth: 3,
        font: `${LABEL.size}px ${TEXT}`,
        verticalAlign: "middle",
      },
    }));
  }
}

const POWERS = [1, 2, 4, 8, 16, 32];

/**
 * The mean logits of the three likeliest classes from pass to pass. The first has the colour of the
 * text, and the others none that the samples or the twins have in the other chart.
 */
function settlingFigure(answers, classes, longest) {
  const figure = {
    title: "Mean logits against passes",
    x: { name: "Passes", unit: "", scale: "log2", ticks: POWERS.filter((t) => t <= longest) },
    y: { name: "Mean logit", unit: "", scale: "linear", ticks: [] },
    labelled: true,
    series: [],
  };
  if (answers.length === 0) {
    figure.y.ticks = [0, 5, 10];
    return figure;
  }
  const { logits } = answers[answers.length - 1];
  const slots = [undefined, 2, 3];
  figure.series = likeliest(logits).map((c, rank) => ({
    name: classes[c],
    slot: slots[rank],
    kind: "line",
    stroke: "solid",
    points: answers.map((answer, i) => ({
      x: i + 1,
      y: answer.logits[c],
      ...(i === answers.length - 1 ? { label: classes[c] } : {}),
    })),
  }));
  return figure;
}

/** The three classes of the greatest logits, the greatest first. */
function likeliest(logits) {
  return logits
    .map((_, c) => c)
    .toSorted((a, b) => logits[b] - logits[a])
    .slice(0, 3);
}

/** The samples of a scheme and the deterministic twins, at their prices, and where the reader is. */
function tradeoffFigure(trials, here, tolerance) {
  const place = (trial, label) => ({
    x: trial.picojoules / 1000,
    y: 100 * trial.accuracy.value,
    ...(label ? { label } : {}),
  });
  const run = trials.filter((trial) => trial.random && trial.scheme === here.scheme);
  const twins = trials.filter((trial) => !trial.random);
  return {
    title: "Accuracy against energy",
    x: { name: "Energy per inference", unit: "nJ", scale: "log10", ticks: [] },
    y: { name: "Accuracy", unit: "%", scale: "linear", ticks: [] },
    labelled: true,
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
        stroke: "dotted",
        points: [{ x: 0, y: 100 * (referenceOf(trials).accuracy.value - tolerance) }],
      },
      {
        name: "here",
        kind: "markers",
        slot: 0,
        stroke: "dashed",
        points: [place(here, `T = ${here.samples}`)],
      },
    ],
  };
}
