package org.pdnn.ising.dynamics;

/// Who updates the spins: the states are the same.
public enum Kernel {
  /// The definition, spin after spin.
  REFERENCE,
  /// 64 replicas at once, by the JDK's vector module.
  VECTOR;

  /// Vectors, where Java was started with its vector module.
  public static Kernel fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? VECTOR : REFERENCE;
  }
}
