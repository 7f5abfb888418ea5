/// Synchronous circuits as data, and their two readers: [org.pdnn.circuit.Verilog] writes them for
/// simulators and synthesis, [org.pdnn.circuit.Emulator] runs them in Java, bit for bit alike.
@NullMarked
package org.pdnn.circuit;

import org.jspecify.annotations.NullMarked;
