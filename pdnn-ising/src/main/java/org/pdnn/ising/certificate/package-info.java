/// Whether samples can be believed: exact probabilities, autocorrelation, the effective
/// temperature, the time to a solution.
@NullMarked
package org.pdnn.ising.certificate;

import org.jspecify.annotations.NullMarked;
