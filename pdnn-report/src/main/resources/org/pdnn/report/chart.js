"use strict";
// Turns a figure (the JSON of org.pdnn.report.Figure) into an ECharts option.
//
// Every axis is a linear one over positions: the value itself or its logarithm. ECharts 5.5 cannot
// be told where to put ticks (T = 1, 2, 3, 5, 10, 32), so ticks and grid are drawn by a series.

const POSITION = { linear: (value) => value, log2: Math.log2, log10: Math.log10 };

// After Okabe and Ito: told apart by people of any colour vision. The dark ones are lighter on
// black, the light ones darker on white, than the originals.
const LOOKS = {
  light: {
    ink: "#1c1c1a", faint: "#63635e", grid: "#e7e6e1", paper: "#ffffff",
    colours: ["#0072b2", "#d55e00", "#008f68", "#b8578f", "#4d4d4d", "#b97f00", "#3d9dd6", "#7a5230"],
  },
  dark: {
    ink: "#e9e7e1", faint: "#a5a39c", grid: "#30322f", paper: "#161715",
    colours: ["#56a9e8", "#f08a3c", "#2bc296", "#dd8fbd", "#bdbdbd", "#e6b03c", "#93d1f5", "#c69a72"],
  },
};

// Shapes tell series apart where colours cannot: in print.
const SHAPES = [
  "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z",
  "M-.9,-.9H.9V.9H-.9Z",
  "M0,-1L1.1,.9H-1.1Z",
  "M0,-1.2L1.2,0L0,1.2L-1.2,0Z",
  "M0,1L1.1,-.9H-1.1Z",
];
const DASHES = [[6, 4], [2, 3], [9, 3, 2, 3], [12, 4]];

const TEXT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const LABEL_SIZE = 12;
const NAME_SIZE = 13;

/** What a name looks like in every figure of the page. `index` is its place among all names. */
function appearance(index, look) {
  return {
    colour: look.colours[index % look.colours.length],
    shape: SHAPES[index % SHAPES.length],
    dash: DASHES[index % DASHES.length],
  };
}

function heading(axis) {
  return axis.unit ? `${axis.name} (${axis.unit})` : axis.name;
}

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** A number for readers: at most five digits, and a power of ten where zeros would be counted. */
function readable(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) {
    const [digits, exponent] = value.toExponential(3).split("e");
    const power = [...String(Number(exponent))].map((c) => SUPERSCRIPTS[c]).join("");
    return Number(digits) === 1 ? `10${power}` : `${Number(digits)}×10${power}`;
  }
  return value.toLocaleString("en-US", { maximumSignificantDigits: 5 });
}

function withUnit(value, axis) {
  return axis.unit ? `${readable(value)} ${axis.unit}` : readable(value);
}

function linearTicks(low, high, most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const ticks = [];
  for (let i = Math.ceil(low / step); i <= Math.floor(high / step); i++) {
    // Ten digits hide that steps such as 0.1 are no binary fractions.
    ticks.push(Number((i * step).toPrecision(10)));
  }
  return ticks;
}

/** Every `stride`-th power of the base times each mantissa, between low and high. */
function powers(base, mantissas, stride, low, high) {
  const ticks = [];
  const first = Math.floor(Math.log(low) / Math.log(base) / stride) * stride;
  for (let exponent = first; base ** exponent <= high; exponent += stride) {
    for (const mantissa of mantissas) {
      ticks.push(Number((mantissa * base ** exponent).toPrecision(10)));
    }
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** The values to write on an axis, the finest choice of at most `most`. */
function ticksOf(axis, low, high, most) {
  if (axis.ticks.length > 0) {
    return axis.ticks;
  }
  if (axis.scale === "linear") {
    return linearTicks(low, high, most);
  }
  const base = axis.scale === "log2" ? 2 : 10;
  const mantissas = base === 2 ? [[1]] : [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];
  const choices = mantissas.map((some) => powers(base, some, 1, low, high));
  for (let stride = 2; stride <= 64; stride *= 2) {
    choices.push(powers(base, [1], stride, low, high));
  }
  const finest = choices.find((ticks) => ticks.length <= most);
  return finest && finest.length >= 2 ? finest : linearTicks(low, high, most);
}

/** Position, limits and ticks of an axis over `values`, with room for `most` ticks. */
function scaleOf(axis, values, most) {
  const position = POSITION[axis.scale];
  const shown = [...values, ...axis.ticks];
  let low = Math.min(...shown.map(position));
  let high = Math.max(...shown.map(position));
  const margin = high > low ? 0.05 * (high - low) : Math.abs(low) * 0.05 || 1;
  low -= margin;
  high += margin;
  const value = (at) => ({ linear: at, log2: 2 ** at, log10: 10 ** at })[axis.scale];
  return { position, low, high, ticks: ticksOf(axis, value(low), value(high), most) };
}

function ordinates(figure) {
  return figure.series.flatMap((one) =>
    one.points.flatMap((p) => (p.low === undefined ? [p.y] : [p.y, p.low, p.high])));
}

const measure = document.createElement("canvas").getContext("2d");

function textWidth(words, size) {
  measure.font = `${size}px ${TEXT}`;
  return measure.measureText(words).width;
}

/** Grid lines and values of one axis. Values that would touch the one before are left out. */
function tickSeries(horizontal, scale, look) {
  let free = -Infinity;
  return {
    type: "custom", silent: true, clip: false, z: 0, tooltip: { show: false }, animation: false,
    data: scale.ticks.map((tick) => [scale.position(tick), readable(tick)]),
    encode: { x: [], y: [] },
    renderItem: (params, api) => {
      const { x, y, width, height } = params.coordSys;
      if (params.dataIndex === 0) {
        free = -Infinity;
      }
      const share = (api.value(0) - scale.low) / (scale.high - scale.low);
      const words = readable(scale.ticks[params.dataIndex]);
      const style = { text: words, fill: look.faint, font: `${LABEL_SIZE}px ${TEXT}` };
      const grid = { stroke: look.grid, lineWidth: 1 };
      if (!horizontal) {
        const at = y + height * (1 - share);
        return { type: "group", children: [
          { type: "line", shape: { x1: x, y1: at, x2: x + width, y2: at }, style: grid },
          { type: "text", style: { ...style, x: x - 8, y: at, align: "right", verticalAlign: "middle" } },
        ] };
      }
      const at = x + width * share;
      const half = textWidth(words, LABEL_SIZE) / 2;
      const children = [
        { type: "line", shape: { x1: at, y1: y + height, x2: at, y2: y + height + 5 }, style: { stroke: look.faint, lineWidth: 1 } },
      ];
      if (at - half > free) {
        free = at + half + 6;
        children.push({ type: "text", style: { ...style, x: at, y: y + height + 9, align: "center", verticalAlign: "top" } });
      }
      return { type: "group", children };
    },
  };
}

/** A pale band between the bounds of neighbouring points. */
function bandSeries(one, points, style) {
  return {
    name: one.name, type: "custom", silent: true, z: 1, tooltip: { show: false }, animation: false,
    data: [points[0].slice(0, 2)],
    renderItem: (params, api) => ({
      type: "polygon",
      shape: { points: [...points.map((p) => api.coord([p[0], p[3]])), ...points.toReversed().map((p) => api.coord([p[0], p[2]]))] },
      style: { fill: style.colour, opacity: 0.13 },
    }),
  };
}

/** An upright bar from low to high at each point. */
function barSeries(one, points, style) {
  return {
    name: one.name, type: "custom", silent: true, z: 2, tooltip: { show: false }, animation: false,
    data: points,
    encode: { x: 0, y: [2, 3] },
    renderItem: (params, api) => {
      const [x, low] = api.coord([api.value(0), api.value(2)]);
      const high = api.coord([api.value(0), api.value(3)])[1];
      const bar = { stroke: style.colour, lineWidth: 1.3, fill: "none" };
      return { type: "path", shape: { pathData: `M${x - 4},${low}H${x + 4}M${x},${low}V${high}M${x - 4},${high}H${x + 4}` }, style: bar };
    },
  };
}

/**
 * The points' labels, clear of their intervals: above the topmost line, below the others, because
 * lines rarely cross there; beside points that no line joins.
 */
function labelSeries(one, figure, points, x, style, look) {
  const top = (series) => Math.max(...series.points.map((p) => p.y));
  const topmost = figure.series.every((other) => other.kind !== "line" || top(other) <= top(one));
  const data = one.points.flatMap((p, i) => {
    const [at, middle, low, high] = points[i];
    if (!p.label) {
      return [];
    }
    if (one.kind === "markers") {
      const beyond = (at - x.low) / (x.high - x.low) > 0.75;
      return [{ value: [at, middle, i], label: { position: beyond ? "left" : "right", distance: 9 } }];
    }
    return [{ value: [at, topmost ? high : low, i], label: { position: topmost ? "top" : "bottom", distance: 7 } }];
  });
  return {
    name: one.name, type: "scatter", silent: true, z: 4, tooltip: { show: false }, animation: false,
    data, symbolSize: 1, itemStyle: { color: "transparent" },
    label: {
      show: true, formatter: (item) => one.points[item.value[2]].label,
      color: style.colour, fontSize: 11.5, fontFamily: TEXT, textBorderColor: look.paper, textBorderWidth: 2,
    },
    labelLayout: { hideOverlap: true },
  };
}

/** The ECharts series that draw one series of a figure; all bear its name, so they hide together. */
function seriesOf(one, figure, x, y, style, look) {
  const place = (at, p) => [at, y.position(p.y), y.position(p.low ?? p.y), y.position(p.high ?? p.y)];
  const reference = one.kind === "reference";
  const points = reference
    ? [x.low, x.high].map((at) => place(at, one.points[0]))
    : one.points.map((p) => place(x.position(p.x), p));
  const line = { color: style.colour, width: reference ? 1.6 : 2, type: one.dashed ? style.dash : "solid" };
  const drawn = {
    name: one.name, type: one.kind === "markers" ? "scatter" : "line", z: 3, animation: false, clip: false,
    data: points,
    symbol: reference ? "none" : `path://${style.shape}`, symbolSize: one.kind === "markers" ? 12 : 9,
    itemStyle: { color: style.colour, borderColor: look.paper, borderWidth: 1, opacity: 1 },
    lineStyle: line,
    emphasis: { scale: 1.3, lineStyle: line, itemStyle: { color: style.colour } },
  };
  if (reference) {
    drawn.silent = true;
    drawn.tooltip = { show: false };
  }
  const series = [drawn];
  if (one.kind !== "markers" && points.length > 1 && one.points.every((p) => p.low !== undefined)) {
    series.push(bandSeries(one, points, style));
  } else if (!reference) {
    series.push(barSeries(one, points.filter((p) => p[2] < p[3]), style));
  }
  if (one.points.some((p) => p.label)) {
    series.push(labelSeries(one, figure, points, x, style, look));
  }
  return series;
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
      const interval = p.low === undefined ? "" : ` [${readable(p.low)},\u00a0${readable(p.high)}]`;
      const label = p.label ? `, ${p.label}` : "";
      row(`${one.name}${label}: ${withUnit(p.y, figure.y)}${interval}`, styleOf(one.name).colour);
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
  const y = scaleOf(figure.y, ordinates(figure), Math.max(3, Math.floor((height - top - bottom) / 48)));
  const yWidth = Math.max(...y.ticks.map((tick) => textWidth(readable(tick), LABEL_SIZE)));
  const left = Math.ceil(yWidth) + 42;
  const abscissas = figure.series.flatMap((one) => (one.kind === "reference" ? [] : one.points.map((p) => p.x)));
  const x = scaleOf(figure.x, abscissas.length > 0 ? abscissas : [1], Math.max(3, Math.floor((width - left - right) / 64)));
  const axis = (one, scale, gap) => ({
    type: "value", min: scale.low, max: scale.high, name: heading(one), nameLocation: "middle", nameGap: gap,
    nameTextStyle: { color: look.ink, fontSize: NAME_SIZE, fontFamily: TEXT },
    axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: look.faint } },
  });
  return {
    backgroundColor: saved ? look.paper : "transparent",
    animation: false,
    textStyle: { fontFamily: TEXT, color: look.ink },
    title: saved ? { text: figure.title, left: "center", top: 14, textStyle: { color: look.ink, fontSize: 17, fontWeight: 600, width: width - 40, overflow: "truncate" } } : undefined,
    legend: {
      show: Boolean(saved), top: 48, left: "center", width: width - 40, itemGap: 18, itemWidth: 28,
      data: saved ? names.filter(shown) : names, selected: Object.fromEntries(names.map((name) => [name, shown(name)])),
      textStyle: { color: look.ink, fontSize: NAME_SIZE },
    },
    grid: { left, right, top, bottom },
    xAxis: axis(figure.x, x, 32),
    yAxis: { ...axis(figure.y, y, left - 22), axisLine: { show: false } },
    tooltip: {
      trigger: "axis", confine: true, renderMode: "html",
      backgroundColor: look.paper, borderColor: look.grid, padding: [8, 12],
      textStyle: { color: look.ink, fontSize: NAME_SIZE, fontFamily: TEXT },
      extraCssText: "max-width: 90%; white-space: normal; font-variant-numeric: tabular-nums",
      axisPointer: { type: "line", snap: true, label: { show: false }, lineStyle: { color: look.faint, type: "solid", width: 1, opacity: 0.5 } },
      formatter: (items) => tooltipAt(items[0].value[0], figure, x, shown, styleOf),
    },
    series: [
      tickSeries(true, x, look),
      tickSeries(false, y, look),
      ...figure.series.flatMap((one) => seriesOf(one, figure, x, y, styleOf(one.name), look)),
    ],
  };
}
