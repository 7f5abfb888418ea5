/// Tests of the energy model.
@NullMarked
package org.pdnn.tradeoff;

import org.jspecify.annotations.NullMarked;
