/// What a network is worth at each number of samples: accuracy, calibration and equivalent samples,
/// with intervals and provenance.
@NullMarked
package org.pdnn.evaluation;

import org.jspecify.annotations.NullMarked;
