/// `pdnn evaluate` and `pdnn analyse`: accuracy, calibration and noise against T.
@NullMarked
package org.pdnn.cli.evaluate;

import org.jspecify.annotations.NullMarked;
