"use strict";
// T passes of a network in integers, as org.pdnn.sampling.IntegerReference defines them, bit for
// bit: sums, pre-activations, thresholds, words, bits.

const INPUT = -1;
const ONE = 1 << 15;

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

const reads = (axis, output, tap) => output * axis.stride + tap * axis.dilation - axis.before;

/** What a kernel reads at a pixel: (place of the pixel, place of the tap), without the padding. */
function taps(window, row, column, rows, columns) {
  const found = [];
  for (let down = 0; down < window.down.kernel; down++) {
    for (let across = 0; across < window.across.kernel; across++) {
      const y = reads(window.down, row, down);
      const x = reads(window.across, column, across);
      if (y >= 0 && y < rows && x >= 0 && x < columns) {
        found.push([y * columns + x, down * window.across.kernel + across]);
      }
    }
  }
  return found;
}

/**
 * The weights of a layer as sums read them: what each tap reads of each channel, the outputs side by
 * side, and by pixel that is written the places that its taps read.
 */
function laidOut(weights) {
  const codes = new Int8Array(bytesOf(weights.codes).buffer);
  const { channels, outputs, groups } = weights;
  const [each, together] = [channels / groups, outputs / groups];
  const fanIn = codes.length / outputs;
  const laid = new Int8Array(codes.length);
  codes.forEach((code, i) => {
    const [output, rest] = [Math.floor(i / fanIn), i % fanIn];
    const channel = Math.floor(output / together) * each + (rest % each);
    const tap = Math.floor(rest / each);
    laid[(tap * channels + channel) * together + (output % together)] = code;
  });
  const read = Array.from({ length: weights.sums / outputs }, (_, pixel) => {
    const row = Math.floor(pixel / weights.outputColumns);
    const column = pixel % weights.outputColumns;
    return taps(weights, row, column, weights.rowsRead, weights.columnsRead);
  });
  return { ...weights, each, together, laid, read };
}

/** Sums of codes times weights, by pixel, then output. Half of the bits are 0 and add nothing. */
function sums({ channels, outputs, each, together, laid, read }, x) {
  const y = new Int32Array(read.length * outputs);
  read.forEach((places, pixel) => {
    for (const [place, tap] of places) {
      for (let channel = 0; channel < channels; channel++) {
        const code = x[place * channels + channel];
        if (code !== 0) {
          const from = (tap * channels + channel) * together;
          const to = pixel * outputs + Math.floor(channel / each) * together;
          for (let output = 0; output < together; output++) {
            y[to + output] += code * laid[from + output];
          }
        }
      }
    }
  });
  return y;
}

/** I = (M (sum >> R) + B) >> S. */
function preActivations(affine, found) {
  const outputs = affine.multipliers.length;
  const byPixel = affine.biases.length > outputs;
  return found.map((sum, unit) => {
    const output = unit % outputs;
    const scaled = affine.multipliers[output] * (sum >> affine.preShift);
    return (scaled + affine.biases[byPixel ? unit : output]) >> affine.shifts[output];
  });
}

/** P(b = 1) in units of 2^-15 by pre-activation, as org.pdnn.integer.Threshold. */
function threshold(curve, lines, preActivation) {
  const i = Math.min(Math.max(preActivation, -32768), 32767);
  if (curve === "clip") {
    return Math.min(Math.max(i, 0), 1024) << 5;
  }
  const read = curve === "tanh" ? Math.min(Math.max(2 * i, -32767), 65534) : Math.max(i, -32767);
  const a = Math.min(Math.abs(read), 8191);
  const rise = lines.bases[a >> 8] + ((lines.slopes[a >> 8] * (a & 255)) >>> 5);
  return ONE / 2 + (read >= 0 ? rise : -rise);
}

/** The threshold of the OR of two p-bits. */
function either(one, other) {
  return ONE - (((ONE - one) * (ONE - other) + ONE / 2) >> 15);
}

class IntegerNetwork {
  constructor(json, lines) {
    this.lines = lines;
    this.drawn = json.drawn;
    this.nodes = json.nodes.map((node) =>
      node.weights ? { ...node, weights: laidOut(node.weights) } : node,
    );
    /** The node whose bits are shown. */
    this.shown = json.lastPBits;
  }

  /** Logits by pass and class, and what the shown p-bits did: thresholds, words, bits. */
  passes(codes, address, seed, scheme, samples) {
    const drawn = [];
    const wordsOf = (layer, units, sample) => {
      const draws = (drawn[layer] ??= []);
      const words = new Int32Array(units);
      let unit = 0;
      const draw = (number) =>
        (draws[number] ??= philoxWords(seed, address, layer, number, units))[unit];
      for (; unit < units; unit++) {
        words[unit] = SCHEMES[scheme].word(draw, sample);
      }
      return words;
    };
    const kept = new Map([[INPUT, codes]]);
    const passes = [];
    for (let sample = 0; sample < samples; sample++) {
      const values = new Map(kept);
      let hidden;
      this.nodes.forEach((node, i) => {
        if (values.has(i)) {
          return;
        }
        const x = values.get(node.reads[0]);
        if (node.kind === "pbits") {
          const thresholds = this.thresholds(node, x);
          const words = wordsOf(node.address, thresholds.length, sample);
          const bits = thresholds.map((t, unit) => (words[unit] >>> 17 < t ? 1 : 0));
          values.set(i, bits);
          hidden = i === this.shown ? { thresholds, words, bits } : hidden;
        } else {
          values.set(i, this.output(node, x));
        }
        if (!this.drawn[i]) {
          kept.set(i, values.get(i));
        }
      });
      passes.push({ logits: values.get(this.nodes.length - 1), ...hidden });
    }
    return passes;
  }

  output(node, x) {
    switch (node.kind) {
      case "linear":
        return preActivations(node.affine, sums(node.weights, x));
      case "logits":
        return Array.from(
          sums(node.weights, x),
          (sum, output) => sum * node.scales[output] + node.biases[output],
        );
      case "greatest":
        return this.pooled(node, node.window, (members) =>
          members.reduce((most, member) => Math.max(most, x[member]), -2147483648),
        );
      case "mean":
        return this.pooled(node, node.window, (members) => {
          const sum = members.reduce((total, member) => total + x[member], 0);
          return Math.floor((sum * node.multiplier + 32768) / 65536);
        });
      default:
        throw new Error(`a layer of the kind ${node.kind}`);
    }
  }

  thresholds(node, x) {
    const of = (i) => threshold(node.curve, this.lines, i);
    return node.pool
      ? this.pooled(node, node.pool, (members) =>
          members.reduce((either_, member) => either(either_, of(x[member])), 0),
        )
      : Int32Array.from(x, of);
  }

  /** By unit: a function of the units under each place of a window, row by row. */
  pooled(node, window, of) {
    const { channels, rows, columns } = node.values;
    const read = this.nodes[node.reads[0]].values;
    const y = new Int32Array(channels * rows * columns);
    for (let pixel = 0; pixel < rows * columns; pixel++) {
      const under = taps(window, Math.floor(pixel / columns), pixel % columns, read.rows, read.columns);
      for (let channel = 0; channel < channels; channel++) {
        y[pixel * channels + channel] = of(under.map(([place]) => place * read.channels + channel));
      }
    }
    return y;
  }
}
