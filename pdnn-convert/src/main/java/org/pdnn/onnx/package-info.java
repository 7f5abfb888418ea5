/// Networks as ONNX: the one door to its protobufs.
@NullMarked
package org.pdnn.onnx;

import org.jspecify.annotations.NullMarked;
