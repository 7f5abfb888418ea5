/// Runs a network T times on an input: the readable reference and its fast twin.
@NullMarked
package org.pdnn.sampling;

import org.jspecify.annotations.NullMarked;
