/// Images drawn from decoders, and their Fréchet distance from real ones.
@NullMarked
package org.pdnn.generation;

import org.jspecify.annotations.NullMarked;
