package org.pdnn.energy;

/// One point of a sweep over the weight memory (paper, figure 8c).
///
/// @param perBit energy to read one bit of a weight, e_wM
/// @param point the energy of one input with such a memory
public record MemoryPoint(Joules perBit, EnergyPoint point) {}
