/// Inference beside its strongest peers: who takes part, and how they are timed in turn.
@NullMarked
package org.pdnn.benchmark;

import org.jspecify.annotations.NullMarked;
