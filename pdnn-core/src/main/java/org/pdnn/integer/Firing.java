package org.pdnn.integer;

/// How p-bits fire after a layer of weights.
///
/// A max-pool over bits is their OR, and where they feed nothing else one draw serves the pool:
/// P(OR = 1) = 1 - product of (1 - p_i), exactly. A p-bit after a max-pool fires with the greatest
/// pre-activation of the pool.
///
/// @param layer index of the p-bits in the network's list of layers, which addresses their words
/// @param curve their probability by pre-activation; of no meaning after the last layer
/// @param pool size of the pool, 1 for none
/// @param poolsBits whether the pool lies after the p-bits, not before them
/// @param fractionBits F of the fixed-point pre-activation
public record Firing(
    int layer, ProbabilityCurve curve, int pool, boolean poolsBits, int fractionBits) {}
