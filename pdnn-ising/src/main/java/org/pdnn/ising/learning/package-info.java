/// Boltzmann machines that learn: restricted ones by contrastive divergence, general ones by the
/// correlations of their spins.
@NullMarked
package org.pdnn.ising.learning;

import org.jspecify.annotations.NullMarked;
