"use strict";
// Which side reaches the required accuracy for less energy, as org.pdnn.tradeoff.Question decides it.

const CLOSE = 0.05;
const FIRST_LAYER = 0.9;

/** The cheapest whose difference to the reference, or an end of its interval, is enough. */
function cheapest(trials, end, tolerance) {
  return trials
    .filter((trial) => trial.difference[end] >= -tolerance)
    .reduce((best, trial) => {
      const cheaper =
        !best ||
        trial.picojoules < best.picojoules ||
        (trial.picojoules === best.picojoules && trial.accuracy.value > best.accuracy.value);
      return cheaper ? trial : best;
    }, undefined);
}

/** The deterministic twin of the most bits, which sets the required accuracy; of equals the most accurate. */
function referenceOf(trials) {
  return trials
    .filter((trial) => !trial.random)
    .reduce((best, trial) => {
      const more = !best || trial.bits > best.bits;
      return more || (trial.bits === best.bits && trial.accuracy.value > best.accuracy.value)
        ? trial
        : best;
    }, undefined);
}

/** The best twin that is surely better than the reference, by more than the tolerance. */
function betterTwin(trials, tolerance) {
  return trials
    .filter((trial) => !trial.random && trial.difference.low > tolerance)
    .reduce((best, trial) => (best && best.accuracy.value >= trial.accuracy.value ? best : trial), undefined);
}

const price = (trial) => trial?.picojoules ?? Infinity;

function sideOf(trials, random, tolerance) {
  const own = trials.filter((trial) => trial.random === random);
  return {
    on: cheapest(own, "value", tolerance),
    surely: cheapest(own, "low", tolerance),
    possibly: cheapest(own, "high", tolerance),
  };
}

function close(one, other) {
  const [a, b] = [price(one.on), price(other.on)];
  return Math.max(a, b) <= (1 + CLOSE) * Math.min(a, b);
}

function beats(one, other) {
  return price(one.on) < price(other.on) && !close(one, other) && price(one.surely) < price(other.possibly);
}

/** What keeps the side that is cheaper by the estimates from winning. */
function openOf(samples, bits) {
  const [first, second] = price(samples.on) < price(bits.on) ? [samples, bits] : [bits, samples];
  return price(second.possibly) < price(first.on) ? second.possibly : first.on;
}

/**
 * The answer: `samples`, `bits`, `even` or `no answer`, with the cheapest of each side.
 *
 * @param trials with their prices
 */
function verdictOf(trials, tolerance, refusal) {
  if (refusal) {
    return { answer: "no answer", reason: refusal };
  }
  const samples = sideOf(trials, true, tolerance);
  const bits = sideOf(trials, false, tolerance);
  const found = { samples: samples.on, bits: bits.on };
  const share = (trial) => trial.first / trial.picojoules;
  if (samples.on && bits.on && [samples.on, bits.on].every((one) => share(one) >= FIRST_LAYER)) {
    const [one, other] = [samples.on, bits.on].map((trial) => percent(share(trial), 0));
    const reason = `the first layer takes ${one} of the one energy and ${other} of the other`;
    return { ...found, answer: "no answer", reason };
  }
  if (beats(bits, samples)) {
    return { ...found, answer: "bits", reason: missed(trials.filter((trial) => trial.random)) };
  }
  if (!trials.some((trial) => !trial.random && trial.bits === 1)) {
    return { answer: "no answer", reason: "no network with activations of one bit was measured" };
  }
  if (beats(samples, bits)) {
    return { ...found, answer: "samples", reason: "no deterministic network reaches the required accuracy" };
  }
  if (close(samples, bits)) {
    return { ...found, answer: "even", reason: "the energies differ by less than 5 %" };
  }
  return {
    ...found,
    answer: "even",
    open: openOf(samples, bits),
    reason: "neither is surely cheaper",
  };
}
