/// What an inference costs in joules before anyone builds the machine: counts of operations times a
/// table of constants (paper, section "Energy", equations 1 to 4).
///
/// Large because the equations have many terms: one small file for each noun that they multiply,
/// add or choose between. Language models have a package of their own.
@NullMarked
package org.pdnn.energy;

import org.jspecify.annotations.NullMarked;
