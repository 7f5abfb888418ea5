/// The integer form of a network: what an engine or a circuit computes with. Weights of few bits,
/// fixed-point pre-activations, probabilities from a table, bits from comparisons.
@NullMarked
package org.pdnn.integer;

import org.jspecify.annotations.NullMarked;
