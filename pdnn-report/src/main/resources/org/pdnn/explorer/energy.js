"use strict";
// Counts of operations times the constants of a technology, as org.pdnn.energy.EnergyTerms: equation
// 4, layer by layer, in picojoules, with the same additions in the same order.

const TERMS = {
  weights: ["weightBit"],
  activations: ["activationBit"],
  cache: ["cacheBit"],
  synapse: ["multiply", "add"],
  neuron: ["activate", "draw", "compare"],
  overhead: ["overhead"],
};

/** How often a layer does an operation in T samples. */
function countOf(layer, key, samples) {
  const words = SCHEMES[layer.scheme].draws(samples);
  const part = (work) => work[key] ?? 0;
  return part(layer.once) + part(layer.perSample) * samples + part(layer.perWord) * words;
}

/** The energy of a layer by term. */
function layerTerms(layer, samples, costs) {
  return Object.values(TERMS).map((keys) =>
    keys.map((key) => costs[key] * countOf(layer, key, samples)).reduce((sum, one) => sum + one),
  );
}

const total = (terms) => terms.reduce((sum, one) => sum + one);

/** The energy of one input, and the part of it that the first layer of weights takes. */
function priceOf(layers, samples, costs) {
  const terms = layers
    .map((layer) => layerTerms(layer, samples, costs))
    .reduce((sums, one) => sums.map((sum, i) => sum + one[i]), Object.keys(TERMS).map(() => 0));
  const first = layers.find((layer) => layer.macs > 0);
  return {
    picojoules: total(terms),
    first: first ? total(layerTerms(first, samples, costs)) : 0,
  };
}

/** How often all layers do each operation: what the formula shows. */
function countsOf(layers, samples, operations) {
  return operations.map(({ key }) =>
    layers.reduce((sum, layer) => sum + countOf(layer, key, samples), 0),
  );
}
