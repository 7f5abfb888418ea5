package org.pdnn.circuit;

import org.pdnn.names.Limits;

/// Bits with a name: a port, a wire, a register, or what a memory or an instance gives. What drives
/// it stands in the [Circuit].
///
/// @param name unique in its circuit
/// @param width number of bits, 1 to 64
public record Signal(String name, int width) implements Expression {
  public Signal {
    Identifier.checked(name);
    Limits.between("bits of " + name, 1, MOST_BITS, width);
  }

  @Override
  public String toString() {
    return name;
  }
}
