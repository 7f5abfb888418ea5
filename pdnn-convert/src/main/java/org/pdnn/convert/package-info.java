/// Deterministic networks become p-DNNs: a list of steps, each measured.
@NullMarked
package org.pdnn.convert;

import org.jspecify.annotations.NullMarked;
