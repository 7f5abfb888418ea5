/// Tests of the energy model.
@NullMarked
package org.pdnn.energy;

import org.jspecify.annotations.NullMarked;
