package org.pdnn.benchmark;

import org.pdnn.benchmark.onnx.QuantisedGraph;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.runtime.OnnxSession;

/// ONNX Runtime on the deterministic twin, in 32 bits or statically quantised to eight.
final class OnnxRuntimePeer implements Contender {
  private final Arithmetic arithmetic;
  private final OnnxSession session;

  OnnxRuntimePeer(Task task, Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
    byte[] model =
        switch (arithmetic) {
          case FP32 -> FloatGraph.of(task.twin(), task.batch());
          case INT8 -> QuantisedGraph.of(task.twin(), task.inputs());
        };
    this.session = new OnnxSession(model, task.network().input(), task.inputs(), task.threads());
  }

  @Override
  public String name() {
    return "onnxruntime-" + arithmetic;
  }

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public boolean deterministic() {
    return true;
  }

  @Override
  public int samples() {
    return 1;
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
