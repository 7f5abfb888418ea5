/// Arithmetic by vectors that dynamics and learning share.
@NullMarked
package org.pdnn.ising.lanes;

import org.jspecify.annotations.NullMarked;
