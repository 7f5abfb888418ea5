package org.pdnn.benchmark;

import org.pdnn.benchmark.onnx.QuantisedGraph;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.runtime.OnnxSession;

/// ONNX Runtime on the deterministic twin, in 32 bits or statically quantised to eight.
final class OnnxRuntimeEngine implements Engine {
  private final EngineProfile profile;
  private final OnnxSession session;

  OnnxRuntimeEngine(EngineProfile profile, Task task) {
    this.profile = profile;
    byte[] model =
        switch (profile.dataType()) {
          case FP32 -> FloatGraph.of(task.twin(), task.batch());
          case INT8 -> QuantisedGraph.of(task.twin(), task.inputs());
          case BF16 -> throw new IllegalArgumentException("ONNX Runtime is run in fp32 and int8");
        };
    this.session = new OnnxSession(model, task.network().input(), task.inputs(), task.threads());
  }

  @Override
  public EngineProfile profile() {
    return profile;
  }

  @Override
  public void run() {
    session.run();
  }

  @Override
  public float[][] logits() {
    return session.outputs();
  }

  @Override
  public void close() {
    session.close();
  }
}
