/// The inner loops of p-bits: pre-activations, thresholds, random words and bits. Private to
/// `sampling`; all kernels give the same bits.
@NullMarked
package org.pdnn.sampling.pbits;

import org.jspecify.annotations.NullMarked;
