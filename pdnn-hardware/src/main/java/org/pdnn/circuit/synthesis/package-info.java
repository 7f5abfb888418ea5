/// What circuits take of a chip: [org.pdnn.circuit.synthesis.Synthesis] by Yosys,
/// [org.pdnn.circuit.synthesis.Placement] by nextpnr, [org.pdnn.circuit.synthesis.Activity] in the
/// emulator.
@NullMarked
package org.pdnn.circuit.synthesis;

import org.jspecify.annotations.NullMarked;
