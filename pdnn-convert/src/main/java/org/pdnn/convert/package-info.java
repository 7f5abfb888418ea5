/// Deterministic networks become p-DNNs: a list of steps, each measured.
///
/// A few files more than most, since every step is one; they share what they measure, which is
/// private.
@NullMarked
package org.pdnn.convert;

import org.jspecify.annotations.NullMarked;
