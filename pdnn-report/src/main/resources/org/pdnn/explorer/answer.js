"use strict";
// What some passes say of one input, as org.pdnn.sampling.Answer defines it.

/** The mean of the rows, summed in their order and then divided. */
function meanOf(rows) {
  return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
}

/** The index of the greatest value; of equal ones, the lowest. */
function greatest(values) {
  return values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
}

function softmax(logits) {
  const most = logits[greatest(logits)];
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The integral of cos(x)^(nu - 1) from an angle to pi/2, by Simpson's rule. */
function cosines(from, freedom) {
  const intervals = 1000;
  const width = (Math.PI / 2 - from) / intervals;
  let sum = 0;
  for (let i = 0; i <= intervals; i++) {
    const weight = i === 0 || i === intervals ? 1 : 2 + 2 * (i % 2);
    sum += weight * Math.sin((intervals - i) * width) ** (freedom - 1);
  }
  return (sum * width) / 3;
}

/** The probability that a Student's t of at least 0 is exceeded. */
function studentTail(t, freedom) {
  return cosines(Math.atan(t / Math.sqrt(freedom)), freedom) / (2 * cosines(0, freedom));
}

/** How far the leading class is ahead of each other one, in standard errors; none of still logits. */
function leads(passes) {
  const mean = meanOf(passes);
  const leader = greatest(mean);
  const classes = mean.length;
  let squares = 0;
  for (const pass of passes) {
    const common = pass.reduce((sum, logit, c) => sum + (logit - mean[c]) / classes, 0);
    pass.forEach((logit, c) => (squares += (logit - mean[c] - common) ** 2));
  }
  const pooled = (2 * squares) / ((passes.length - 1) * (classes - 1));
  if (Math.sqrt(pooled) <= 1e-12 * Math.max(...mean.map(Math.abs))) {
    return [];
  }
  return mean.flatMap((logit, rival) => {
    if (rival === leader) {
      return [];
    }
    const differences = passes.map((pass) => pass[leader] - pass[rival]);
    const average = differences.reduce((sum, one) => sum + one / passes.length, 0);
    const spread = differences.reduce((sum, one) => sum + (one - average) ** 2, 0);
    const variance = Math.max(pooled, spread / (passes.length - 1));
    const ahead = mean[leader] - logit;
    return [{ rival, errors: ahead === 0 ? 0 : ahead / Math.sqrt(variance / passes.length) }];
  });
}

/** Degrees of freedom of the variances of so many passes. */
function freedomOf(samples, classes) {
  return (samples - 1) * Math.max(1, (classes - 1) / 2);
}

/** The probability that infinitely many passes name the same class; the least that it may be. */
function settled(passes) {
  const ahead = passes.length > 1 ? leads(passes) : [];
  if (ahead.length === 0) {
    return 0;
  }
  const freedom = freedomOf(passes.length, passes[0].length);
  return Math.max(0, 1 - ahead.reduce((sum, one) => sum + studentTail(one.errors, freedom), 0));
}

function answerOf(passes) {
  const logits = meanOf(passes);
  return { logits, label: greatest(logits), probabilities: softmax(logits) };
}
