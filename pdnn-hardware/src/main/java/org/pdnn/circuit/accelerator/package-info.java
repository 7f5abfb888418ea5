/// Whole networks as circuits: a sequencer, memories, and processing elements side by side.
@NullMarked
package org.pdnn.circuit.accelerator;

import org.jspecify.annotations.NullMarked;
