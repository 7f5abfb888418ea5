package org.pdnn.server.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Session;

/// Inputs whose passes go through a network together, for one thread: an input may begin before any
/// pass and ends when it has enough.
final class Batch {
  /// What inputs must have in common.
  record Key(SampledModel model, Run run, long seed) {}

  /// About as long as a piece of several passes takes, so that whoever comes waits no longer.
  private static final long PIECE_NANOS = 1_000_000;

  private final Key key;
  private final Sampler sampler;
  private final Session session;

  /// Whether passes come piece by piece.
  private final boolean pieces;

  private final List<Item> open = new ArrayList<>();

  private long tookNanos;

  /// @param sampler of the key's run, for this batch alone
  Batch(Key key, Sampler sampler) {
    this.key = key;
    this.sampler = sampler;
    Philox words = new Philox(key.seed());
    this.pieces = key.model().random() && key.run().anytime();
    int places = key.model().places();
    this.session =
        pieces ? sampler.session(words, places) : new WholeSession(sampler, words, places);
  }

  /// The sampler, for another batch of the same model and run, once this one is empty.
  Sampler sampler() {
    return sampler;
  }

  Key key() {
    return key;
  }

  int room() {
    return key.model().places() - open.size();
  }

  /// Places that a question has.
  int held(Work work) {
    return (int) open.stream().filter(item -> item.work == work).count();
  }

  /// How long the last piece took.
  long tookNanos() {
    return open.isEmpty() ? 0 : tookNanos;
  }

  boolean empty() {
    return open.isEmpty();
  }

  List<Item> open() {
    return List.copyOf(open);
  }

  void begin(List<Item> items) {
    int[] tickets =
        session.begin(
            items.stream().map(Item::input).toArray(float[][]::new),
            items.stream().mapToLong(Item::address).toArray());
    for (int i = 0; i < tickets.length; i++) {
      items.get(i).ticket = tickets[i];
    }
    open.addAll(items);
  }

  /// Ends what nobody waits for, and what has no time left for another pass.
  ///
  /// @param others time until this batch's turn comes again, without its own
  void endWithoutPass(long others) {
    end(item -> item.work.cancelled());
    long now = System.nanoTime();
    double pass = key.model().passNanos() * open.size();
    end(item -> {
      boolean late = item.done > 0 && left(item, now) < others + pass;
      if (late) {
        item.work.ended(item, session.passes(item.ticket), StopCause.DEADLINE);
      }
      return late;
    });
  }

  /// Runs the next passes of all inputs, and ends those that have enough.
  void advance() {
    long start = System.nanoTime();
    int passes = passes(start);
    session.advance(passes);
    tookNanos = System.nanoTime() - start;
    key.model().passed((double) tookNanos / passes / open.size());
    end(item -> looked(item, passes));
  }

  /// As many as take about as long as a piece should, up to the next look at an input, and as the
  /// nearest deadline allows.
  private int passes(long now) {
    int most = open.stream().mapToInt(Item::untilLook).min().orElseThrow();
    double passNanos = key.model().passNanos();
    if (passNanos == 0) {
      return 1;
    }
    long time = open.stream().mapToLong(item -> left(item, now)).min().orElseThrow();
    return (int)
        Math.clamp(Math.min(PIECE_NANOS, time) / (passNanos * open.size()), 1, (double) most);
  }

  /// Nanoseconds until an answer must be written.
  private static long left(Item item, long now) {
    OptionalLong deadline = item.work.question().deadline();
    return deadline.isEmpty()
        ? Long.MAX_VALUE
        : deadline.getAsLong() - now - item.work.answerNanos();
  }

  /// Passes are copied only where somebody looks at them: there may be many.
  private boolean looked(Item item, int ran) {
    item.done = pieces ? item.done + ran : item.work.question().samples();
    item.work.progressed(item.done);
    if (!item.atLook() && !item.whole()) {
      return false;
    }
    double[][] passes = session.passes(item.ticket);
    Optional<StopCause> cause = item.ended(passes);
    if (cause.isPresent()) {
      item.work.ended(item, passes, cause.get());
    } else if (item.work.question().followed()) {
      item.work.looked(item, passes);
    }
    return cause.isPresent();
  }

  private void end(Predicate<Item> ends) {
    open.removeIf(item -> {
      boolean ended = ends.test(item);
      if (ended) {
        session.end(item.ticket);
      }
      return ended;
    });
  }
}
