/// The one door to ONNX Runtime: its failures leave as [org.pdnn.onnx.runtime.OnnxException].
@NullMarked
package org.pdnn.onnx.runtime;

import org.jspecify.annotations.NullMarked;
