package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.names.Choice;
import org.pdnn.network.Network;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

/// The engines by name. A new one is a constant here and a class that implements [Engine].
public enum EngineKind {
  /// ONNX Runtime in 32 bits.
  ONNXRUNTIME_FP32(DataType.FP32, OnnxRuntimeEngine::new),
  /// ONNX Runtime in eight bits.
  ONNXRUNTIME_INT8(DataType.INT8, OnnxRuntimeEngine::new),
  /// libtorch in 32 bits.
  LIBTORCH_FP32(DataType.FP32, LibtorchEngine::new),
  /// libtorch in bfloat16, by oneDNN where the processor has instructions for it.
  LIBTORCH_BF16(DataType.BF16, LibtorchEngine::new),
  /// The engine on the deterministic twin, whose activations have 8 bits: oneDNN's products, which
  /// use every instruction of the processor for them.
  INTEGER_8_TWIN(
      DataType.INT8,
      true,
      (task, samples) -> task.twinOfEightBits().filter(twin -> lowers(twin, 1, 8)).isPresent(),
      SamplerEngine::twin),
  /// libtorch in 32 bits with random bits for activations.
  LIBTORCH_PBIT(DataType.FP32, (task, samples) -> true, LibtorchEngine::new),
  /// The sampled engine, hidden weights of 8 bits.
  INTEGER_8(
      DataType.INT8,
      (task, samples) -> lowers(task.network(), samples, 8),
      (profile, task) -> SamplerEngine.integer(profile, task, 8)),
  /// The sampled engine, hidden weights of 4 bits.
  INTEGER_4(
      DataType.INT8,
      (task, samples) -> lowers(task.network(), samples, 4),
      (profile, task) -> SamplerEngine.integer(profile, task, 4)),
  /// The sampled engine, hidden weights of 1 bit, which few networks bear without being trained for
  /// it.
  INTEGER_1(
      DataType.INT8,
      (task, samples) -> false,
      (profile, task) -> SamplerEngine.integer(profile, task, 1)),
  /// The sampled engine, each input until the task's rule stops it or T is reached; without a rule,
  /// with hidden weights of 8 bits, until its class is settled with confidence 0.9.
  INTEGER_EARLY_STOP(
      DataType.INT8, (task, samples) -> task.earlyStop().isPresent(), SamplerEngine::earlyStop),
  /// Our exact sampler, which computes in 64 bits. It is made to be exact, not fast: without being
  /// named it takes part up to about a second per run.
  BLOCK_SAMPLER(
      DataType.FP32,
      (task, samples) -> task.threads() == 1 && task.batch() * task.macs(samples) <= 1_000_000_000,
      SamplerEngine::exact);

  private final DataType dataType;
  private final boolean deterministic;

  @SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
  private final Suits suits;

  @SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
  private final Maker maker;

  /// Whether an engine takes part without being named.
  @FunctionalInterface
  private interface Suits {
    boolean test(Task task, int samples);
  }

  @FunctionalInterface
  private interface Maker {
    Engine make(EngineProfile profile, Task task);
  }

  /// One that computes the deterministic twin of every network.
  EngineKind(DataType dataType, Maker maker) {
    this(dataType, true, (task, samples) -> true, maker);
  }

  /// One that runs T passes: only of a network with random neurons, once for each T.
  EngineKind(DataType dataType, Suits suits, Maker maker) {
    this(dataType, false, suits, maker);
  }

  EngineKind(DataType dataType, boolean deterministic, Suits suits, Maker maker) {
    this.dataType = dataType;
    this.deterministic = deterministic;
    this.suits = suits;
    this.maker = maker;
  }

  private static boolean lowers(Network network, int samples, int bits) {
    Precision precision = Precision.parse(String.valueOf(bits));
    return precision.refusal(network, Run.of(samples)).isEmpty();
  }

  /// Those that suit the task.
  ///
  /// @param samples T, one engine for each
  public static List<Engine> all(Task task, List<Integer> samples) {
    return make(Arrays.asList(values()), task, samples, false);
  }

  /// The engines of some names, whether they suit the task or not.
  public static List<Engine> named(List<String> names, Task task, List<Integer> samples) {
    return make(
        names.stream().map(name -> Choice.parse(EngineKind.class, "engine", name)).toList(),
        task,
        samples,
        true);
  }

  private static List<Engine> make(
      List<EngineKind> kinds, Task task, List<Integer> samples, boolean named) {
    List<Engine> engines = new ArrayList<>();
    try {
      for (EngineKind kind : kinds) {
        if (kind.deterministic) {
          if (named || kind.suits.test(task, 1)) {
            engines.add(kind.make(task, 1));
          }
        } else if (task.network().random()) {
          for (int count : samples) {
            if (named || kind.suits.test(task, count)) {
              engines.add(kind.make(task, count));
            }
          }
        }
      }
      return List.copyOf(engines);
    } catch (RuntimeException e) {
      engines.forEach(Engine::close);
      throw e;
    }
  }

  Engine make(Task task, int samples) {
    return maker.make(new EngineProfile(toString(), dataType, deterministic, samples), task);
  }

  /// The name on the command line and in results, lower case with hyphens.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
