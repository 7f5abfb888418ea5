/// What a network is worth at each number of samples: accuracy, calibration and equivalent samples,
/// with intervals and provenance.
///
/// A few files more than most, since every statistic is one, and all read the same answers of a
/// network.
@NullMarked
package org.pdnn.evaluation;

import org.jspecify.annotations.NullMarked;
