/// Networks as ONNX, written and read: the one door to its protobufs.
@NullMarked
package org.pdnn.onnx;

import org.jspecify.annotations.NullMarked;
