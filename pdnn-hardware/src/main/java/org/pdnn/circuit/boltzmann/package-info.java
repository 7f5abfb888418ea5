/// The p-bit's processing element as a Boltzmann machine: symmetric weights, feedback, colour after
/// colour.
@NullMarked
package org.pdnn.circuit.boltzmann;

import org.jspecify.annotations.NullMarked;
