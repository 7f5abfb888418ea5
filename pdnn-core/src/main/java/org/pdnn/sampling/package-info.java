/// Runs a network T times on an input: the readable reference and its fast twin.
///
/// A few files more than most: the integer engine is one class to its callers and seven inside,
/// which share its layout of lanes; the loops within are below, in `kernel`.
@NullMarked
package org.pdnn.sampling;

import org.jspecify.annotations.NullMarked;
