"use strict";
// Numbers for readers, and where values stand on an axis: at their position, which is the value
// itself or its logarithm.

const POSITION = { linear: (value) => value, log2: Math.log2, log10: Math.log10 };

const VALUE = { linear: (at) => at, log2: (at) => 2 ** at, log10: (at) => 10 ** at };

function heading(axis) {
  return axis.unit ? `${axis.name} (${axis.unit})` : axis.name;
}

const SUPERSCRIPTS = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

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

/** What stands at a tick: its label, or its value. */
function tickWords(axis, tick) {
  return axis.labels?.[axis.ticks.indexOf(tick)] ?? readable(tick);
}

function withUnit(value, axis) {
  const words = tickWords(axis, value);
  return axis.unit ? `${words} ${axis.unit}` : words;
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

/**
 * Position, limits and ticks of an axis over `values`, with room for `most` ticks. `margin` is the
 * share of the axis to leave free at either end.
 */
function scaleOf(axis, values, most, margin) {
  const position = POSITION[axis.scale];
  const value = VALUE[axis.scale];
  const positions = [...values, ...axis.ticks].map(position);
  const least = Math.min(...positions);
  const span = Math.max(...positions) - least || Math.abs(least) * 0.1 || 1;
  const low = least - (margin * span) / (1 - 2 * margin);
  const high = least + (span * (1 - margin)) / (1 - 2 * margin);
  const ticks = ticksOf(axis, value(low), value(high), most);
  return { position, low, high, ticks, words: (tick) => tickWords(axis, tick) };
}
