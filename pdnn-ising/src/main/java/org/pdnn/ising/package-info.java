/// The p-bit as a Boltzmann machine: Ising models, and the problems that become one.
@NullMarked
package org.pdnn.ising;

import org.jspecify.annotations.NullMarked;
