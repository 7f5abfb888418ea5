/// Inference beside its strongest peers: the engines, and how they are timed in turn.
@NullMarked
package org.pdnn.benchmark;

import org.jspecify.annotations.NullMarked;
