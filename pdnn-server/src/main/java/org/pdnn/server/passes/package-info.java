/// Passes shared among requests: inputs that are in work together, wherever each of them stands,
/// and end by samples, deadline, joules or confidence. Knows nothing of HTTP.
@NullMarked
package org.pdnn.server.passes;

import org.jspecify.annotations.NullMarked;
