package org.pdnn.ising.dynamics;

/// Who updates the spins.
enum Kernel {
  /// The definition, spin after spin.
  REFERENCE,
  /// Vectors of replicas.
  VECTOR;

  /// Vectors, where Java was started with its vector module.
  static final Kernel CHOSEN =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? VECTOR : REFERENCE;
}
