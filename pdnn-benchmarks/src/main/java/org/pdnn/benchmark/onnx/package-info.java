/// Networks in eight bits, and what they need to know of their inputs.
@NullMarked
package org.pdnn.benchmark.onnx;

import org.jspecify.annotations.NullMarked;
