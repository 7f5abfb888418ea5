/// Files of problems: Gset and rudy graphs, QUBO, DIMACS formulas, dimod's models.
@NullMarked
package org.pdnn.ising.format;

import org.jspecify.annotations.NullMarked;
