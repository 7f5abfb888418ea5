/// How p-bits sample a model: updates by the heat bath, orders of updates, annealing, tempering.
@NullMarked
package org.pdnn.ising.dynamics;

import org.jspecify.annotations.NullMarked;
