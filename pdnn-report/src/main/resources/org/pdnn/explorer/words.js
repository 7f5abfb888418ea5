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

/** Why no samples are compared. */
function missed(trials) {
  if (trials.length > 1) {
    return "no number of samples reaches the required accuracy";
  }
  const verb = trials[0].samples === 1 ? "misses" : "miss";
  return `${wayOf(trials[0])} ${verb} the required accuracy with ${percent(trials[0].accuracy.value)}`;
}

/** What the verdict rests on, without its answer. */
function groundsOf({ answer, samples, bits, open, reason }) {
  if (answer === "no answer") {
    return reason;
  }
  if (answer === "even") {
    const both = [samples, bits].filter(Boolean).map(reach).join(", ");
    const may = open === samples || open === bits ? "miss the required accuracy" : "reach it";
    return `${both}; ${open ? `${wayOf(open)} may ${may}` : reason}`;
  }
  const [best, other] = answer === "samples" ? [samples, bits] : [bits, samples];
  if (!other) {
    return `${reach(best)}; ${reason}`;
  }
  const times = (other.picojoules / best.picojoules).toFixed(2);
  return `${reach(best)}; ${reach(other)}, ${times} times as much`;
}

/** The verdict on the samples of the controls, in one sentence. */
function sentenceOf(verdict) {
  const { answer } = verdict;
  return `${answer[0].toUpperCase()}${answer.slice(1)}: ${groundsOf(verdict)}.`;
}

/** The verdict on all that was measured. */
function overallOf(verdict) {
  const { answer } = verdict;
  const found = answer === "no answer" ? "there is no answer" : `the answer is ${answer}`;
  return `Over all T and schemes ${found}: ${groundsOf(verdict)}.`;
}

/** What the controls are set to, and what is asked of both sides. */
function basisOf(here, reference, tolerance, weights, technology, memory) {
  return (
    `For ${wayOf(here)}, weights of ${counted(weights, "bit")}, ${technology} and` +
    ` ${readable(memory)} pJ for each bit of weights read. Required: ${percent(reference.accuracy.value - tolerance)},` +
    ` ${(100 * tolerance).toFixed(1)} points below ${wayOf(reference)}.`
  );
}

/** Says so if what sets the required accuracy fails itself; else nothing. */
function cautionOf(reference, better, tolerance, weights) {
  return better
    ? `Take care: only ${percent(reference.accuracy.value - tolerance)} is required, because ${wayOf(reference)} set it` +
        ` and bear weights rounded to ${counted(weights, "bit")} badly. They reach ${percent(reference.accuracy.value)},` +
        ` ${wayOf(better)} ${percent(better.accuracy.value)}.`
    : "";
}
