package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pdnn.names.Nearest;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Run;

/// Who may take part, by name. A new contender is a constant here and a class that implements
/// [Contender].
public enum Entrant {
  /// ONNX Runtime in 32 bits.
  ONNXRUNTIME_FP32 {
    @Override
    Contender enter(Task task, int samples) {
      return new OnnxRuntimePeer(task, Arithmetic.FP32);
    }
  },
  /// ONNX Runtime in eight bits.
  ONNXRUNTIME_INT8 {
    @Override
    Contender enter(Task task, int samples) {
      return new OnnxRuntimePeer(task, Arithmetic.INT8);
    }
  },
  /// libtorch in 32 bits.
  LIBTORCH_FP32 {
    @Override
    Contender enter(Task task, int samples) {
      return LibtorchPeer.twin(task);
    }
  },
  /// libtorch in 32 bits with random bits for activations.
  LIBTORCH_PBIT {
    @Override
    boolean sampled() {
      return true;
    }

    @Override
    Contender enter(Task task, int samples) {
      return LibtorchPeer.sampled(task, samples);
    }
  },
  /// The sampled engine, hidden weights of 8 bits.
  INTEGER_8 {
    @Override
    boolean sampled() {
      return true;
    }

    @Override
    boolean fits(Task task, int samples) {
      return IntegerContender.fits(8, samples, task);
    }

    @Override
    Contender enter(Task task, int samples) {
      return IntegerContender.samples(toString(), 8, samples, task);
    }
  },
  /// The sampled engine, hidden weights of 4 bits.
  INTEGER_4 {
    @Override
    boolean sampled() {
      return true;
    }

    @Override
    boolean fits(Task task, int samples) {
      return IntegerContender.fits(4, samples, task);
    }

    @Override
    Contender enter(Task task, int samples) {
      return IntegerContender.samples(toString(), 4, samples, task);
    }
  },
  /// The sampled engine, hidden weights of 1 bit.
  INTEGER_1 {
    @Override
    boolean sampled() {
      return true;
    }

    // Few networks stand it without being trained for it.
    @Override
    boolean fits(Task task, int samples) {
      return false;
    }

    @Override
    Contender enter(Task task, int samples) {
      return IntegerContender.samples(toString(), 1, samples, task);
    }
  },
  /// The sampled engine, 4 bits, each input until its class is settled with confidence 0.9 or T =
  /// 32 is reached.
  INTEGER_4_UNTIL_CONFIDENT {
    @Override
    boolean sampled() {
      return true;
    }

    @Override
    boolean fits(Task task, int samples) {
      return false;
    }

    @Override
    Contender enter(Task task, int samples) {
      return IntegerContender.untilConfident(toString(), 4, 0.9, samples, task);
    }
  },
  /// Our exact sampler, which computes in 64 bits.
  BLOCK_SAMPLER {
    @Override
    boolean sampled() {
      return true;
    }

    // Up to about a second a run: it is made to be exact, not fast.
    @Override
    boolean fits(Task task, int samples) {
      return task.threads() == 1 && task.batch() * task.macs(samples) <= 1_000_000_000;
    }

    @Override
    Contender enter(Task task, int samples) {
      return new SamplerContender(
          toString(),
          Arithmetic.FP32,
          samples,
          new BlockSampler(task.network(), Run.of(samples)),
          task);
    }
  };

  /// Whether it runs T passes, and so takes part only if the network has random neurons, once for
  /// each T.
  boolean sampled() {
    return false;
  }

  /// Whether it takes part without being named.
  boolean fits(Task task, int samples) {
    return true;
  }

  abstract Contender enter(Task task, int samples);

  /// Those that suit the task.
  ///
  /// @param samples T, each one for a contender of its own
  public static List<Contender> all(Task task, List<Integer> samples) {
    return enter(Arrays.asList(values()), task, samples, false);
  }

  /// The contenders of some names, whether they suit the task or not.
  public static List<Contender> named(List<String> names, Task task, List<Integer> samples) {
    return enter(names.stream().map(Entrant::parse).toList(), task, samples, true);
  }

  private static List<Contender> enter(
      List<Entrant> entrants, Task task, List<Integer> samples, boolean wanted) {
    List<Contender> contenders = new ArrayList<>();
    try {
      for (Entrant entrant : entrants) {
        if (!entrant.sampled()) {
          contenders.add(entrant.enter(task, 1));
        } else if (task.network().random()) {
          for (int count : samples) {
            if (wanted || entrant.fits(task, count)) {
              contenders.add(entrant.enter(task, count));
            }
          }
        }
      }
      return List.copyOf(contenders);
    } catch (RuntimeException e) {
      contenders.forEach(Contender::close);
      throw e;
    }
  }

  private static Entrant parse(String name) {
    List<String> names = Arrays.stream(values()).map(Entrant::toString).toList();
    int found = names.indexOf(name.strip().toLowerCase(Locale.ROOT));
    if (found < 0) {
      throw new IllegalArgumentException(
          "no contender is called '%s'%s; there are %s"
              .formatted(name, Nearest.suggestion(name, names), String.join(", ", names)));
    }
    return values()[found];
  }

  /// The name on the command line and in results, lower case with hyphens.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
