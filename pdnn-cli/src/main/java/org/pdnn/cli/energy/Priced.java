package org.pdnn.cli.energy;

import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Workload;

/// A row of a table of energies.
interface Priced {
  Workload workload();

  /// Of the whole workload.
  EnergyTerms energy();
}
