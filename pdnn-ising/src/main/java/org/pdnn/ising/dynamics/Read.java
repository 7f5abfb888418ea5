package org.pdnn.ising.dynamics;

import org.pdnn.ising.Spins;

/// What a run of sweeps ended with, or the best state on its way.
///
/// @param energy of the state, computed from it
public record Read(Spins spins, double energy) {}
