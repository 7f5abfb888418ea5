package org.pdnn.server;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.pdnn.random.Scheme;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.passes.Work;

/// Runs a model's passes until they are compiled, so that its first request is no slower.
final class Warming {
  private static final int INPUTS = 8;
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final Question.Terms TERMS =
      new Question.Terms(
          32, Scheme.SCRAMBLED, 0, OptionalDouble.empty(), Optional.empty(), OptionalLong.empty());

  private Warming() {}

  /// Waits for passes of a model, or does without where the workers have enough to do.
  static void warm(SampledModel model, Scheduler scheduler) {
    List<float[]> inputs = Collections.nCopies(INPUTS, new float[model.network().input().size()]);
    try {
      Work work = scheduler.submit(Question.of(model, inputs, TERMS, false), System.nanoTime());
      if (work.next(MOST_NANOS).orElse(null) instanceof Work.Event.Failed(var fault)) {
        throw fault;
      }
      work.cancel();
    } catch (BusyException e) {
      // The requests that wait will compile it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
