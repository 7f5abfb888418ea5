/// What an inference costs in joules before anyone builds the machine: counts of operations times a
/// table of constants (paper, section "Energy", equations 1 to 4).
@NullMarked
package org.pdnn.energy;

import org.jspecify.annotations.NullMarked;
