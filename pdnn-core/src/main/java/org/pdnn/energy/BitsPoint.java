package org.pdnn.energy;

/// One point of a sweep over the bits of weights.
///
/// @param weightBits b_w
/// @param point the energy of one input with such weights
public record BitsPoint(int weightBits, EnergyPoint point) {}
