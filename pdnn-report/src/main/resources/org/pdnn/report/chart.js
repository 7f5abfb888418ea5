"use strict";
// Turns a figure (the JSON of org.pdnn.report.Figure) into an ECharts option.

/** Charts narrower than this are on phones. */
const PHONE = 560;
const TOOLTIP =
  "box-sizing: border-box; white-space: normal; font-variant-numeric: tabular-nums; box-shadow: none";

function hasBars(figure) {
  return figure.series.some((one) => one.kind === "bars");
}

function ordinates(figure) {
  const values = figure.series.flatMap((one) =>
    one.points.flatMap((p) => (p.yLow === undefined ? [p.y] : [p.y, p.yLow, p.yHigh])),
  );
  return hasBars(figure) ? [0, ...values] : values;
}

/** Where the legend of a saved figure ends, broken into rows as ECharts breaks it. */
function legendHeight(names, width) {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const item = 28 + 5 + textWidth(name, NAME_SIZE) + 18;
    if (used > 0 && used + item > width) {
      rows++;
      used = 0;
    }
    used += item;
  }
  return rows * 24;
}

/** What the reader sees at one x: every visible series there, with interval and unit. */
function tooltipAt(position, figure, x, shown, styleOf) {
  const box = document.createElement("div");
  const row = (words, colour) => {
    const line = box.appendChild(document.createElement("div"));
    if (colour) {
      const dot = line.appendChild(document.createElement("span"));
      dot.textContent = "● ";
      dot.style.color = colour;
    }
    line.append(words);
    return line;
  };
  let head;
  for (const one of figure.series.filter((series) => shown(series.name))) {
    for (const p of one.points) {
      if (one.kind !== "reference" && Math.abs(x.position(p.x) - position) > 1e-9) {
        continue;
      }
      if (!head && one.kind !== "reference") {
        head = row(`${figure.x.name}: ${withUnit(p.x, figure.x)}`);
        head.style.fontWeight = "600";
        box.prepend(head);
      }
      // Lines may break before an interval, not within it.
      const interval = p.yLow === undefined ? "" : ` [${readable(p.yLow)},\u00a0${readable(p.yHigh)}]`;
      const label = p.label ? `, ${p.label}` : "";
      row(`${one.name}${label}: ${withUnit(p.y, figure.y)}${interval}`, styleOf(one).colour);
    }
  }
  return box;
}

/**
 * The option. `styleOf` gives a name's appearance, `shown` whether its series is; `saved` adds title
 * and legend, which on the page are HTML.
 */
function chartOption(figure, { look, styleOf, shown, width, height, saved }) {
  const names = figure.series.map((one) => one.name);
  const right = 20;
  const top = saved ? 58 + legendHeight(names.filter(shown), width - 40) : 12;
  const bottom = 54;
  const labelled = figure.series.some((one) => one.points.some((p) => p.label));
  const plotHeight = height - top - bottom;
  const y = scaleOf(
    figure.y,
    ordinates(figure),
    Math.max(3, Math.floor(plotHeight / 48)),
    (labelled ? 26 : 16) / plotHeight,
  );
  if (hasBars(figure) && Math.min(...ordinates(figure)) === 0) {
    y.low = 0;
  }
  const yWidth = Math.max(...y.ticks.map((tick) => textWidth(y.words(tick), LABEL_SIZE)));
  const left = Math.ceil(yWidth) + 42;
  const abscissas = figure.series.flatMap((one) =>
    one.kind === "reference" ? [] : one.points.map((p) => p.x),
  );
  const x = scaleOf(
    figure.x,
    abscissas.length > 0 ? abscissas : [1],
    Math.max(3, Math.floor((width - left - right) / 64)),
    figure.x.labels ? 0.5 / figure.x.labels.length : 0.045,
  );
  const axis = (one, scale, gap) => ({
    type: "value",
    min: scale.low,
    max: scale.high,
    name: heading(one),
    nameLocation: "middle",
    nameGap: gap,
    nameTextStyle: { color: look.ink, fontSize: NAME_SIZE, fontFamily: TEXT },
    axisLabel: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: look.faint } },
  });
  return {
    backgroundColor: saved ? look.paper : "transparent",
    animation: false,
    textStyle: { fontFamily: TEXT, color: look.ink },
    title: saved
      ? {
          text: figure.title,
          left: "center",
          top: 14,
          textStyle: {
            color: look.ink,
            fontSize: 17,
            fontWeight: 600,
            width: width - 40,
            overflow: "truncate",
          },
        }
      : undefined,
    legend: {
      show: Boolean(saved),
      top: 48,
      left: "center",
      width: width - 40,
      itemGap: 18,
      itemWidth: 28,
      data: saved ? names.filter(shown) : names,
      selected: Object.fromEntries(names.map((name) => [name, shown(name)])),
      textStyle: { color: look.ink, fontSize: NAME_SIZE },
    },
    grid: { left, right, top, bottom },
    xAxis: axis(figure.x, x, 32),
    yAxis: { ...axis(figure.y, y, left - 22), axisLine: { show: false } },
    tooltip: {
      trigger: "axis",
      transitionDuration: 0,
      // On a phone there is no room beside the finger: the values stand below the chart, which they
      // would cover.
      ...(width < PHONE
        ? { confine: false, position: [0, height], extraCssText: TOOLTIP + "; width: 100%" }
        : { confine: true, extraCssText: TOOLTIP + "; max-width: 60%" }),
      renderMode: "html",
      backgroundColor: look.paper,
      borderColor: look.grid,
      padding: [8, 12],
      textStyle: { color: look.ink, fontSize: NAME_SIZE, fontFamily: TEXT },
      axisPointer: {
        type: "line",
        snap: true,
        label: { show: false },
        lineStyle: { color: look.faint, type: "solid", width: 1, opacity: 0.5 },
      },
      formatter: (items) => tooltipAt(items[0].value[0], figure, x, shown, styleOf),
    },
    series: [
      tickSeries(true, x, look),
      tickSeries(false, y, look),
      ...figure.series.flatMap((one) => seriesOf(one, figure, x, y, styleOf(one), look)),
    ],
  };
}

/** Arrow keys walk over the points, in the order of x, as a mouse would. */
function walk(figure, step) {
  const points = figure.chart
    .getOption()
    .series.flatMap((one, seriesIndex) =>
      one.tooltip?.show === false || figure.hidden.has(one.name)
        ? []
        : one.data.map((point, dataIndex) => ({ at: point[0], seriesIndex, dataIndex })),
    );
  const stops = points
    .sort((a, b) => a.at - b.at)
    .filter((p, i) => i === 0 || p.at > points[i - 1].at);
  if (stops.length > 0) {
    figure.stop = Math.min(
      Math.max((figure.stop ?? (step > 0 ? -1 : stops.length)) + step, 0),
      stops.length - 1,
    );
    const { seriesIndex, dataIndex } = stops[figure.stop];
    figure.chart.dispatchAction({ type: "showTip", seriesIndex, dataIndex });
  }
}

/** Left and right arrow keys read a chart's values, Escape puts them away. */
function readByKeys(figure, place) {
  place.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      walk(figure, event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "Escape") {
      figure.chart.dispatchAction({ type: "hideTip" });
    }
  });
}
