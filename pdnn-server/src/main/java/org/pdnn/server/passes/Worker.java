package org.pdnn.server.passes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.sampling.Sampler;

/// A thread that runs passes: of one batch after the other, a piece each.
final class Worker implements Runnable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  /// Batches in work at once; inputs of a further kind wait.
  private static final int MOST_BATCHES = 8;

  private final WaitingLine line;
  private final Answers answers;

  /// Those without inputs are kept for the next of their kind.
  private final List<Batch> batches = new ArrayList<>();

  /// Inputs that are in no batch yet.
  private final List<Item> taken = new ArrayList<>();

  Worker(WaitingLine line, Answers answers) {
    this.line = line;
    this.answers = answers;
  }

  @Override
  public void run() {
    try {
      boolean open = true;
      while (open) {
        open = survived();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    abandon(new IllegalStateException("the server ended"));
  }

  /// A round that may fail: what was in work is then answered with an error, and the next round
  /// begins with nothing, as a new worker would.
  private boolean survived() throws InterruptedException {
    try {
      return round();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a worker failed, and begins anew", e);
      abandon(new IllegalStateException("the worker of this input failed"));
      return true;
    }
  }

  /// Takes what waits, and runs a piece of each batch.
  ///
  /// @return whether there will be another round
  private boolean round() throws InterruptedException {
    Intake intake = new Intake();
    line.take(intake::wants, busy() == 0, taken);
    begin(taken);
    boolean open = busy() > 0 || !taken.isEmpty();
    taken.clear();
    for (Batch batch : List.copyOf(batches)) {
      long start = System.nanoTime();
      step(batch);
      answers.giveWay(System.nanoTime() - start);
    }
    batches.removeIf(batch -> batch.empty() && batch.key().model().retired());
    return open;
  }

  private void abandon(IllegalStateException why) {
    List<Item> items = new ArrayList<>(taken);
    batches.forEach(batch -> items.addAll(batch.open()));
    taken.clear();
    batches.clear();
    fail(items, why);
  }

  private int busy() {
    return (int) batches.stream().filter(batch -> !batch.empty()).count();
  }

  /// What this worker has room for.
  private final class Intake {
    private final Map<Batch.Key, List<Work>> chosen = new LinkedHashMap<>();

    /// Whether there is room for one more input of a question: no more places than it leaves free.
    boolean wants(Work work) {
      Batch.Key key = work.question().key();
      Optional<Batch> batch = known(key);
      List<Work> others = chosen.getOrDefault(key, List.of());
      int room = batch.map(Batch::room).orElse(key.model().places()) - others.size();
      int held = batch.map(own -> own.held(work)).orElse(0);
      held += (int) others.stream().filter(other -> other == work).count();
      boolean fits = room > 0 && held <= room;
      boolean opens = batch.isEmpty() || batch.get().empty();
      if (!fits || (opens && others.isEmpty() && busy() + opened() >= MOST_BATCHES)) {
        return false;
      }
      chosen.computeIfAbsent(key, _ -> new ArrayList<>()).add(work);
      return true;
    }

    private int opened() {
      return (int)
          chosen.keySet().stream().filter(key -> known(key).map(Batch::empty).orElse(true)).count();
    }
  }

  private Optional<Batch> known(Batch.Key key) {
    return batches.stream().filter(batch -> batch.key().equals(key)).findFirst();
  }

  private void begin(List<Item> items) {
    Map<Batch.Key, List<Item>> byKey = new LinkedHashMap<>();
    for (Item item : items) {
      byKey.computeIfAbsent(item.work.question().key(), _ -> new ArrayList<>()).add(item);
    }
    byKey.forEach((key, some) -> {
      try {
        known(key).orElseGet(() -> opened(key)).begin(some);
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.DEBUG, "a batch cannot begin", e);
        known(key).ifPresent(this::drop);
        fail(some, fault(e));
      }
    });
  }

  /// A new batch, in the place of an empty one if there are many. One of the same model and run
  /// hands its sampler on, with its memory.
  private Batch opened(Batch.Key key) {
    Optional<Batch> alike =
        batches.stream()
            .filter(batch -> batch.empty())
            .filter(batch -> batch.key().model() == key.model())
            .filter(batch -> batch.key().run().equals(key.run()))
            .findFirst();
    Sampler sampler = alike.map(Batch::sampler).orElseGet(() -> key.model().sampler(key.run()));
    Optional<Batch> replaced =
        alike.isPresent() || batches.size() < MOST_BATCHES
            ? alike
            : batches.stream().filter(Batch::empty).findFirst();
    replaced.ifPresent(batches::remove);
    Batch batch = new Batch(key, sampler);
    batches.add(batch);
    return batch;
  }

  private void step(Batch batch) {
    try {
      long all = batches.stream().mapToLong(Batch::tookNanos).sum();
      batches.forEach(each -> each.endWithoutPass(all - each.tookNanos()));
      if (!batch.empty()) {
        batch.advance();
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "passes failed", e);
      drop(batch);
    }
  }

  /// Gives a batch up whose memory cannot be trusted.
  private void drop(Batch batch) {
    batches.remove(batch);
    fail(batch.open(), new IllegalStateException("the passes of this input failed"));
  }

  private static void fail(List<Item> items, RuntimeException fault) {
    items.stream().map(item -> item.work).distinct().forEach(work -> work.failed(fault));
  }

  private static RuntimeException fault(Throwable cause) {
    return cause instanceof IllegalArgumentException refused
        ? refused
        : new IllegalStateException("the passes of this input could not begin", cause);
  }
}
