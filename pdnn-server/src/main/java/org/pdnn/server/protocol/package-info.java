/// The Open Inference Protocol, version 2: its bodies read and written, with binary tensors. Knows
/// bytes, not connections.
@NullMarked
package org.pdnn.server.protocol;

import org.jspecify.annotations.NullMarked;
