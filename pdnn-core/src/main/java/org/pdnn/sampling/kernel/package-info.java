/// The inner loops of sampled inference, once for each kind of machine. Private to `sampling`; all
/// kernels give the same bits.
@NullMarked
package org.pdnn.sampling.kernel;

import org.jspecify.annotations.NullMarked;
