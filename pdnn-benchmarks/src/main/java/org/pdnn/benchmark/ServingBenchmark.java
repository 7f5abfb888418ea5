package org.pdnn.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Sampler;

/// A server measured by its clients, beside the engine that it runs.
public final class ServingBenchmark {
  /// Passes that no deadline here is long enough for, so that it is the deadline that ends them.
  private static final int ENDLESS = 4096;

  private static final double OVERLOAD = 2;

  /// Of the capacity, where nobody waits for anybody else.
  private static final double LIGHT_LOAD = 0.1;

  /// Passes of a stream: several events.
  private static final int STREAM = 32;

  /// Growth over the best load so far that a warm server is below.
  private static final double WARM = 1.03;

  /// So many times in a row.
  private static final int STEADY = 2;

  /// As many as a server takes, unless it is told otherwise, but for a few.
  private static final int MOST_CONNECTIONS = 1000;

  private static final int MOST_WARM_UPS = 16;
  private static final int BLOCK = 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  private final ServedModel model;
  private final ServedModel strict;
  private final IntFunction<Sampler> samplers;
  private final Plan plan;

  /// How much is measured.
  ///
  /// @param samples T of each request, where no deadline ends it
  /// @param threads of the engine
  /// @param concurrency requests in progress at full load, and inputs of the engine's batch
  /// @param requests that are answered with a deadline; a tenth of them is timed one by one
  /// @param deadline of those
  /// @param time of each engine, each light or full load, and each load of a warm-up
  /// @param overload time at twice the capacity
  public record Plan(
      int samples,
      int threads,
      int concurrency,
      int requests,
      Duration deadline,
      Duration time,
      Duration overload) {}

  /// @param strict the same model where twice the capacity is asked for
  /// @param samplers of the network as the server runs it, by T
  public ServingBenchmark(
      ServedModel model, ServedModel strict, IntFunction<Sampler> samplers, Plan plan) {
    this.model = model;
    this.strict = strict;
    this.samplers = samplers;
    this.plan = plan;
  }

  /// Measures all, after a warm-up.
  ///
  /// @param own whether the server runs in this process, whose memory is then told
  /// @param progress takes the name of what is being measured
  /// @throws IOException if the server does not answer
  public List<Measurement> measure(boolean own, Consumer<String> progress) throws IOException {
    progress.accept("warm-up");
    List<Measurement> all = new ArrayList<>(warmUp("warm-up", this::full));
    progress.accept("overhead");
    all.addAll(overhead());
    progress.accept("first event");
    all.addAll(firstEvent());
    progress.accept("throughput");
    ServingLoad full = full();
    all.addAll(throughput(full));
    progress.accept("deadlines");
    all.addAll(deadlines());
    progress.accept("overload");
    all.addAll(overload(perSecond(full), own));
    return all;
  }

  private static String samples(int count) {
    return "\"samples\":" + count;
  }

  private ServingLoad full() {
    return load(samples(plan.samples())).closed(plan.concurrency(), plan.time());
  }

  /// A load again and again, until its replies come no faster for it: a server compiles what it
  /// runs, for longer than a fixed time would tell.
  private List<Measurement> warmUp(String part, Supplier<ServingLoad> load) {
    long start = System.nanoTime();
    double best = 0;
    int steady = 0;
    for (int i = 0; i < MOST_WARM_UPS && steady < STEADY; i++) {
      ServingLoad each = load.get();
      double now = each.perSecond(each.answered.count() + each.refused.count());
      steady = now > WARM * best ? 0 : steady + 1;
      best = Math.max(best, now);
    }
    return List.of(
        new Measurement(part, "warm-up", (System.nanoTime() - start) / NANOS_PER_SECOND, "s"),
        count(part, "loads without gain at its end, of %s".formatted(STEADY), steady));
  }

  private static double perSecond(ServingLoad load) {
    return load.perSecond(load.answered.count());
  }

  private ServingLoad load(String parameters) {
    return load(model, parameters);
  }

  private ServingLoad load(ServedModel asked, String parameters) {
    return new ServingLoad(asked.address(), asked.requests("infer", parameters), plan.deadline());
  }

  /// One request at a time beside one run of the engine at a time, in turns of some of each.
  private List<Measurement> overhead() throws IOException {
    byte[][] requests = model.requests("infer", samples(plan.samples()));
    Sampler sampler = samplers.apply(plan.samples());
    Histogram engine = new Histogram();
    Histogram request = new Histogram();
    try (ServingClient client = new ServingClient(model.address())) {
      alternate(
          i -> request.add(timed(() -> client.ask(requests[i]))),
          i -> engine.add(timed(() -> answer(sampler, i))));
    }
    String part = "concurrency 1";
    return List.of(
        millis(part, "engine p50", engine.quantile(0.5)),
        millis(part, "engine p99", engine.quantile(0.99)),
        millis(part, "request p50", request.quantile(0.5)),
        millis(part, "request p99", request.quantile(0.99)),
        millis(part, "overhead p50", request.quantile(0.5) - engine.quantile(0.5)),
        millis(part, "overhead p99", request.quantile(0.99) - engine.quantile(0.99)),
        new Measurement(
            part, "request over engine p50", request.quantile(0.5) / engine.quantile(0.5), "x"));
  }

  /// The first event of a stream beside a single pass.
  private List<Measurement> firstEvent() throws IOException {
    byte[][] requests = model.requests("infer_stream", samples(STREAM));
    Sampler sampler = samplers.apply(1);
    Histogram pass = new Histogram();
    Histogram event = new Histogram();
    try (ServingClient client = new ServingClient(model.address())) {
      alternate(
          i -> event.add(client.firstEvent(requests[i])),
          i -> pass.add(timed(() -> answer(sampler, i))));
    }
    String part = "stream";
    return List.of(
        millis(part, "single pass p50", pass.quantile(0.5)),
        millis(part, "first event p50", event.quantile(0.5)),
        millis(part, "first event p99", event.quantile(0.99)),
        millis(part, "after a single pass p50", event.quantile(0.5) - pass.quantile(0.5)));
  }

  /// Something done with the input of a number.
  @FunctionalInterface
  private interface Step {
    void run(int input) throws IOException;
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws IOException;
  }

  private void alternate(Step first, Step second) throws IOException {
    int turns = Math.ceilDiv(plan.requests(), 10 * BLOCK);
    int number = 0;
    for (int turn = 0; turn < turns; turn++) {
      for (Step step : List.of(first, second)) {
        for (int i = 0; i < BLOCK; i++) {
          step.run((number + i) % model.inputs().length);
        }
      }
      number += BLOCK;
    }
  }

  private static <T> long timed(Asking<T> asking) throws IOException {
    long start = System.nanoTime();
    T answer = asking.ask();
    long took = System.nanoTime() - start;
    if (answer == null) {
      throw new IOException("there was no answer");
    }
    return took;
  }

  private Answer answer(Sampler sampler, int input) {
    float[] values = model.inputs()[input];
    return sampler.answer(values, InputAddress.of(values), new Philox(1));
  }

  /// Inputs per second of the engine in batches, and of the server asked for one input by each of
  /// as many clients.
  private List<Measurement> throughput(ServingLoad load) {
    double engine = engineThroughput();
    double server = perSecond(load);
    String part = "concurrency " + plan.concurrency();
    return List.of(
        new Measurement(part, "engine, batches of " + plan.concurrency(), engine, "inputs/s"),
        new Measurement(part, "server", server, "inputs/s"),
        new Measurement(part, "share of the engine", server / engine * PERCENT, "%"),
        millis(part, "request p50", load.answered.quantile(0.5)),
        millis(part, "request p99", load.answered.quantile(0.99)),
        new Measurement(part, "CPU of the clients", load.cpuNanosPerRequest() / 1e3, "us/request"),
        count(part, "not answered", load.refused.count() + faults(load)));
  }

  /// Each thread has its share of the batch.
  private double engineThroughput() {
    int share = Math.ceilDiv(plan.concurrency(), plan.threads());
    LongAdder inputs = new LongAdder();
    Sampler first = samplers.apply(plan.samples());
    long start = System.nanoTime();
    long end = start + plan.time().toNanos();
    List<Thread> threads =
        Stream.generate(first::fork)
            .limit(plan.threads())
            .map(sampler ->
                Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                      float[][] batch = new float[share][];
                      long[] addresses = new long[share];
                      for (int number = 0; System.nanoTime() < end; number += share) {
                        for (int i = 0; i < share; i++) {
                          batch[i] = model.inputs()[(number + i) % model.inputs().length];
                          addresses[i] = InputAddress.of(batch[i]);
                        }
                        double[][][] passes = sampler.passes(batch, addresses, new Philox(1));
                        for (double[][] each : passes) {
                          inputs.add(Answer.of(each, sampler.random()).label() < 0 ? 0 : 1);
                        }
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return inputs.sum() * NANOS_PER_SECOND / (System.nanoTime() - start);
  }

  /// Requests with a deadline, at full load; those that come back in time by the client's clock.
  private List<Measurement> deadlines() {
    double millis = plan.deadline().toNanos() / NANOS_PER_MILLI;
    String parameters = samples(ENDLESS) + ",\"deadline_ms\":" + millis;
    // Once for the passes and the code that only a deadline leads to.
    load(parameters).closed(plan.concurrency(), plan.requests());
    ServingLoad load = load(parameters).closed(plan.concurrency(), plan.requests());
    String part = "deadline %s ms, concurrency %s".formatted(millis, plan.concurrency());
    long answered = load.answered.count();
    return List.of(
        count(part, "requests", plan.requests()),
        new Measurement(
            part, "answered in time", load.inTime.sum() * PERCENT / plan.requests(), "%"),
        new Measurement(
            part, "in time, of those answered", load.inTime.sum() * PERCENT / answered, "%"),
        count(part, "refused", load.refused.count()),
        millis(part, "request p99.9", load.answered.quantile(0.999)),
        count(part, "samples p50", (long) load.samples.quantile(0.5)),
        count(part, "answers without a sample", load.empty.sum()),
        count(part, "neither answered nor refused", faults(load)));
  }

  /// Requests at a tenth of the capacity, and then at twice the capacity.
  private List<Measurement> overload(double capacity, boolean own) {
    String parameters = samples(plan.samples());
    String part = "twice the capacity";
    List<Measurement> all =
        new ArrayList<>(
            warmUp(
                part,
                () ->
                    load(strict, parameters)
                        .open(MOST_CONNECTIONS, OVERLOAD * capacity, plan.time())));
    ServingLoad light =
        load(strict, parameters).open(MOST_CONNECTIONS, LIGHT_LOAD * capacity, plan.time());
    ProcessMemory before = ProcessMemory.read();
    ServingLoad load =
        load(strict, parameters).open(MOST_CONNECTIONS, OVERLOAD * capacity, plan.overload());
    ProcessMemory after = ProcessMemory.read();
    double unloaded = light.answered.quantile(0.99);
    double loaded = load.answered.quantile(0.99);
    all.add(new Measurement(part, "offered", OVERLOAD * capacity, "requests/s"));
    all.add(new Measurement(part, "accepted", perSecond(load), "requests/s"));
    all.add(new Measurement(part, "refused", load.perSecond(load.refused.count()), "requests/s"));
    all.add(millis(part, "request p99 at a tenth of the capacity", unloaded));
    all.add(millis(part, "accepted p50", load.answered.quantile(0.5)));
    all.add(millis(part, "accepted p99", loaded));
    all.add(new Measurement(part, "accepted p99 over unloaded", loaded / unloaded, "x"));
    all.add(millis(part, "refused p50", load.refused.quantile(0.5)));
    all.add(millis(part, "refused p99", load.refused.quantile(0.99)));
    all.add(millis(part, "refused, the slowest", (double) load.refused.greatest()));
    all.add(count(part, "other replies", load.other.sum()));
    all.add(count(part, "lost", load.lost.sum()));
    if (own) {
      all.add(new Measurement(part, "heap before", before.heapMebibytes(), "MiB"));
      all.add(new Measurement(part, "heap after", after.heapMebibytes(), "MiB"));
      before
          .residentMebibytes()
          .ifPresent(
              mebibytes -> all.add(new Measurement(part, "resident before", mebibytes, "MiB")));
      after
          .residentMebibytes()
          .ifPresent(
              mebibytes -> all.add(new Measurement(part, "resident after", mebibytes, "MiB")));
    }
    return all;
  }

  private static long faults(ServingLoad load) {
    return load.other.sum() + load.lost.sum();
  }

  private static Measurement millis(String part, String name, double nanos) {
    return new Measurement(part, name, nanos / NANOS_PER_MILLI, "ms");
  }

  private static Measurement count(String part, String name, long count) {
    return new Measurement(part, name, count, "");
  }
}
