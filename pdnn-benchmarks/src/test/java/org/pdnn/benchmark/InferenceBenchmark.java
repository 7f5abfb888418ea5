package org.pdnn.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// The engines of `pdnn bench inference` under JMH, one process each: microseconds of a run of the
/// whole batch. Ratios between processes are worth less than those of the command, which takes
/// turns.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InferenceBenchmark {
  @Param({"mlp", "vgg5"})
  String network = "mlp";

  @Param({
    "onnxruntime-fp32",
    "onnxruntime-int8",
    "libtorch-fp32",
    "libtorch-pbit",
    "integer-8",
    "integer-4"
  })
  String engine = "onnxruntime-fp32";

  @Param({"1", "64"})
  int batch = 1;

  @Param("10")
  int samples = 10;

  @SuppressWarnings("NullAway.Init") // setUp sets it
  private Engine running;

  /// Makes the engine, and refuses one that computes something else than its peer.
  @Setup(Level.Trial)
  public void setUp() {
    Shape input = network.equals("vgg5") ? Shape.of(3, 32, 32) : Shape.of(1, 28, 28);
    Network untrained =
        InitialWeights.GLOROT.of(
            Preset.network(network, input, 10, Neuron.parse("pbit:sigmoid")), 1);
    Task task = new Task(untrained, BenchNetworks.inputs(input, batch), 1, 1);
    running = EngineKind.named(List.of(engine), task, List.of(samples)).getFirst();
    running.run();
    try (Engine peer = EngineKind.ONNXRUNTIME_FP32.make(task, 1)) {
      peer.run();
      List<Engine> both = List.of(peer, running);
      Quartiles one = new Quartiles(1, 1, 1);
      EngineResult.of(task, both, List.of(one, one), new MachineLimit(1, 1, 1));
    }
  }

  /// One run of the batch.
  @Benchmark
  public void inference() {
    running.run();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    running.close();
  }
}
