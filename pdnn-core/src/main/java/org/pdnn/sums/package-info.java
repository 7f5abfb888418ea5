/// Sums of whole numbers: products of unsigned codes and signed weights, exact in 32 bits. A
/// library of native code computes them where there is one, else plain Java does; the sums are the
/// same.
@NullMarked
package org.pdnn.sums;

import org.jspecify.annotations.NullMarked;
