/// Networks served over HTTP: answers by deadline, confidence or joules, that come while they grow
/// better.
@NullMarked
package org.pdnn.server;

import org.jspecify.annotations.NullMarked;
