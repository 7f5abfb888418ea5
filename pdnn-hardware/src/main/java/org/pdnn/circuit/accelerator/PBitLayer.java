package org.pdnn.circuit.accelerator;

import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;

/// Weights, and the p-bits that their sums feed.
///
/// @param address of the p-bits' words
record PBitLayer(WeightLayer weights, Affine affine, Threshold curve, int address) {}
