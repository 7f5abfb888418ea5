/// Networks written as ONNX: the one door to its protobufs, with the reader below it.
@NullMarked
package org.pdnn.onnx;

import org.jspecify.annotations.NullMarked;
