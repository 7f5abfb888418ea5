package org.pdnn.energy;

/// The energy of one input at T samples.
///
/// @param samples T
/// @param energy by term
/// @param gain how many times as much the 32-bit deterministic twin takes
public record EnergyPoint(int samples, EnergyTerms energy, double gain) {}
