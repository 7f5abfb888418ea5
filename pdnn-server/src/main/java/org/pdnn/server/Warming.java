package org.pdnn.server;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.Inference;
import org.pdnn.server.protocol.RequestException;

/// Runs a model's passes, and requests for them, until they are compiled, so that the first request
/// of a client is no slower.
final class Warming {
  private static final int INPUTS = 8;
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final int REQUESTS = 200;
  private static final long MOST_REQUEST_NANOS = 2_000_000_000L;
  private static final int SAMPLES = 4;
  private static final int DEADLINE_MILLIS = 1000;
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

  /// Answers requests, from their bytes to those of their replies, each with a deadline.
  static void requests(SampledModel model, Scheduler scheduler) {
    try {
      answer(model, scheduler);
    } catch (RequestException | BusyException e) {
      throw new IllegalStateException("a model cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(SampledModel model, Scheduler scheduler)
      throws RequestException, BusyException, InterruptedException {
    Shape shape = model.network().input();
    byte[] body = body(shape);
    long end = System.nanoTime() + MOST_REQUEST_NANOS;
    for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
      InferRequest request = InferRequest.read(body, body.length, shape, 1);
      Inference inference = Inference.of(model, request, System.nanoTime(), SAMPLES, false);
      Work work = scheduler.submit(inference.question(), System.nanoTime());
      if (work.next(MOST_NANOS).orElse(null) instanceof Work.Event.Ended(var outcomes)) {
        byte[] _ = inference.reply(outcomes).json().body();
      }
      work.cancel();
    }
  }

  private static byte[] body(Shape shape) {
    String zeros = String.join(",", Collections.nCopies(shape.size(), "0"));
    String dimensions =
        shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining(","));
    return """
    {"parameters":{"samples":%s,"deadline_ms":%s},"inputs":[{"name":"input","datatype":"FP32",\
    "shape":[1,%s],"data":[%s]}]}\
    """
        .formatted(SAMPLES, DEADLINE_MILLIS, dimensions, zeros)
        .getBytes(StandardCharsets.UTF_8);
  }
}
