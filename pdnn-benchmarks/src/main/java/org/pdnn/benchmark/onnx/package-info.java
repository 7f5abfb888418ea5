/// The one door to ONNX Runtime: its failures leave as [org.pdnn.benchmark.onnx.OnnxException].
@NullMarked
package org.pdnn.benchmark.onnx;

import org.jspecify.annotations.NullMarked;
