"use strict";
// Numbers and sentences for readers.

const grouped = (value, options) => value.toLocaleString("en-US", options);

/** Energies to be compared: four digits, or all before the point. */
function nanojoules(picojoules) {
  const value = picojoules / 1000;
  const digits = { minimumSignificantDigits: 4, maximumSignificantDigits: 4 };
  return `${grouped(value, value < 9999.5 ? digits : { maximumFractionDigits: 0 })} nJ`;
}

function percent(share, digits = 2) {
  return `${(100 * share).toFixed(digits)} %`;
}

/** A probability that is never written as certain. */
function odds(share) {
  return share > 0.9999 && share < 1 ? "above 99.99 %" : percent(share);
}

function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** As in `4 scrambled samples` or `activations of 3 bits`. */
function wayOf(trial) {
  return trial.random
    ? `${trial.samples} ${trial.scheme} ${trial.samples === 1 ? "sample" : "samples"}`
    : `activations of ${counted(trial.bits, "bit")}`;
}

function reach(trial) {
  const verb = trial.random && trial.samples === 1 ? "reaches" : "reach";
  return `${wayOf(trial)} ${verb} ${percent(trial.accuracy.value)} for ${nanojoules(trial.picojoules)}`;
}

/** The verdict in one sentence. */
function sentenceOf(verdict) {
  const { answer, samples, bits, open, reason } = verdict;
  if (answer === "no answer") {
    return `No answer: ${reason}.`;
  }
  if (answer === "even") {
    const both = [samples, bits].filter(Boolean).map(reach).join(", ");
    const may = open === samples || open === bits ? "miss the required accuracy" : "reach it";
    return `Even: ${both}; ${open ? `${wayOf(open)} may ${may}` : reason}.`;
  }
  const [best, other] = answer === "samples" ? [samples, bits] : [bits, samples];
  const side = answer === "samples" ? "Samples" : "Bits";
  if (!other) {
    return `${side}: ${reach(best)}; ${reason}.`;
  }
  const times = (other.picojoules / best.picojoules).toFixed(2);
  return `${side}: ${reach(best)}; ${reach(other)}, ${times} times as much.`;
}
