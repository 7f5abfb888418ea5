"use strict";
// The ECharts series that draw ticks, lines, intervals and labels.
//
// ECharts 5.5 cannot be told where to put ticks (T = 1, 2, 3, 5, 10, 32): each axis is a linear one
// over the positions of scale.js, and a series draws its ticks and grid.

/** Grid lines and values of one axis. Values that would touch the one before are left out. */
function tickSeries(horizontal, scale, look) {
  let free = -Infinity;
  return {
    type: "custom",
    silent: true,
    clip: false,
    z: 0,
    tooltip: { show: false },
    animation: false,
    data: scale.ticks.map((tick) => [scale.position(tick), 0]),
    renderItem: (params, api) => {
      const { x, y, width, height } = params.coordSys;
      if (params.dataIndex === 0) {
        free = -Infinity;
      }
      const share = (api.value(0) - scale.low) / (scale.high - scale.low);
      const words = scale.words(scale.ticks[params.dataIndex]);
      const style = { text: words, fill: look.faint, font: `${LABEL_SIZE}px ${TEXT}` };
      const grid = { stroke: look.grid, lineWidth: 1 };
      if (!horizontal) {
        const at = y + height * (1 - share);
        return {
          type: "group",
          children: [
            { type: "line", shape: { x1: x, y1: at, x2: x + width, y2: at }, style: grid },
            {
              type: "text",
              style: { ...style, x: x - 8, y: at, align: "right", verticalAlign: "middle" },
            },
          ],
        };
      }
      const at = x + width * share;
      const half = textWidth(words, LABEL_SIZE) / 2;
      const children = [
        {
          type: "line",
          shape: { x1: at, y1: y + height, x2: at, y2: y + height + 5 },
          style: { stroke: look.faint, lineWidth: 1 },
        },
      ];
      if (at - half > free) {
        free = at + half + 6;
        children.push({
          type: "text",
          style: { ...style, x: at, y: y + height + 9, align: "center", verticalAlign: "top" },
        });
      }
      return { type: "group", children };
    },
  };
}

/** A pale band between the bounds of neighbouring points. */
function bandSeries(one, points, style) {
  return {
    name: one.name,
    type: "custom",
    silent: true,
    z: 1,
    tooltip: { show: false },
    animation: false,
    data: [points[0].slice(0, 2)],
    renderItem: (params, api) => ({
      type: "polygon",
      shape: {
        points: [
          ...points.map((p) => api.coord([p[0], p[3]])),
          ...points.toReversed().map((p) => api.coord([p[0], p[2]])),
        ],
      },
      style: { fill: style.colour, opacity: 0.13 },
    }),
  };
}

/** An upright bar from low to high at each point. */
function barSeries(one, points, style) {
  return {
    name: one.name,
    type: "custom",
    silent: true,
    z: 2,
    tooltip: { show: false },
    animation: false,
    data: points,
    encode: { x: 0, y: [2, 3] },
    renderItem: (params, api) => {
      const [x, low] = api.coord([api.value(0), api.value(2)]);
      const high = api.coord([api.value(0), api.value(3)])[1];
      const bar = { stroke: style.colour, lineWidth: 1.3, fill: "none" };
      return {
        type: "path",
        shape: {
          pathData: `M${x - 4},${low}H${x + 4}M${x},${low}V${high}M${x - 4},${high}H${x + 4}`,
        },
        style: bar,
      };
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
      return [
        { value: [at, middle, i], label: { position: beyond ? "left" : "right", distance: 9 } },
      ];
    }
    return [
      {
        value: [at, topmost ? high : low, i],
        label: { position: topmost ? "top" : "bottom", distance: 7 },
      },
    ];
  });
  return {
    name: one.name,
    type: "scatter",
    silent: true,
    z: 4,
    tooltip: { show: false },
    animation: false,
    data,
    symbolSize: 1,
    itemStyle: { color: "transparent", opacity: 1 },
    label: {
      show: true,
      formatter: (item) => one.points[item.value[2]].label,
      color: style.colour,
      fontSize: 11.5,
      fontFamily: TEXT,
      textBorderColor: look.paper,
      textBorderWidth: 2,
    },
    labelLayout: { hideOverlap: true },
  };
}

/** The ECharts series that draw one series of a figure; all bear its name, so they hide together. */
function seriesOf(one, figure, x, y, style, look) {
  const place = (at, p) => [
    at,
    y.position(p.y),
    y.position(p.yLow ?? p.y),
    y.position(p.yHigh ?? p.y),
  ];
  const reference = one.kind === "reference";
  const points = reference
    ? [x.low, x.high].map((at) => place(at, one.points[0]))
    : one.points.map((p) => place(x.position(p.x), p));
  const line = {
    color: style.colour,
    width: reference || one.kind === "steps" ? 1.6 : 2,
    type: style.dash,
  };
  const drawn = {
    name: one.name,
    type: { markers: "scatter", bars: "bar" }[one.kind] ?? "line",
    step: one.kind === "steps" ? "end" : false,
    z: 3,
    animation: false,
    clip: false,
    data: points,
    symbol: reference || one.kind === "steps" ? "none" : `path://${style.shape}`,
    // Hollow markers without a line stand around what lies at the same place.
    symbolSize: one.kind !== "markers" ? 9 : style.hollow ? 18 : 12,
    itemStyle: style.hollow
      ? { color: one.kind === "markers" ? "transparent" : look.paper, borderColor: style.colour, borderWidth: 1.5, opacity: 1 }
      : { color: style.colour, borderColor: look.paper, borderWidth: 1, opacity: 1 },
    lineStyle: line,
    barMaxWidth: 56,
    barGap: "8%",
    barCategoryGap: "36%",
    emphasis: { scale: 1.3, lineStyle: line },
  };
  if (reference) {
    drawn.silent = true;
    drawn.tooltip = { show: false };
  }
  const series = [drawn];
  if (["line", "reference"].includes(one.kind) && points.length > 1 && one.points.every((p) => p.yLow !== undefined)) {
    series.push(bandSeries(one, points, style));
  } else if (!reference) {
    series.push(
      barSeries(
        one,
        points.filter((p) => p[2] < p[3]),
        style,
      ),
    );
  }
  if (one.kind === "bars") {
    // The border of a bar of no height would erase the axis.
    drawn.itemStyle.borderWidth = 0;
    drawn.label = {
      show: true,
      position: "top",
      formatter: (item) => one.points[item.dataIndex].label ?? "",
      color: style.colour,
      fontSize: 11.5,
      fontFamily: TEXT,
    };
  } else if (!figure.labelled && one.points.some((p) => p.label)) {
    series.push(labelSeries(one, figure, points, x, style, look));
  }
  return series;
}
