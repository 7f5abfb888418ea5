/// Networks that others trained: read, made probabilistic, written as ONNX. Without libtorch.
@SuppressWarnings({"module", "requires-automatic"}) // rooms above; libraries without module-info
module org.pdnn.convert {
  requires static org.jspecify;
  requires com.google.protobuf;
  requires com.microsoft.onnxruntime;
  requires org.tribuo.util.onnx;
  requires transitive org.pdnn.core;

  exports org.pdnn.convert;
  exports org.pdnn.onnx;
  exports org.pdnn.statedict;

  // The door to ONNX Runtime, for the house alone.
  exports org.pdnn.onnx.runtime to
      org.pdnn.benchmarks,
      org.pdnn.cli,
      org.pdnn.generation;
}
