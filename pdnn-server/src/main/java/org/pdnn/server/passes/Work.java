package org.pdnn.server.passes;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A question in work: whoever asked waits here for its answers.
public final class Work {
  /// What happens to a question in work.
  public sealed interface Event {
    /// An input has had 1, 2, 4, ... passes and goes on.
    ///
    /// @param index of the input
    record Looked(int index, Outcome soFar) implements Event {}

    /// All inputs have ended.
    record Ended(List<Outcome> outcomes) implements Event {
      public Ended {
        outcomes = List.copyOf(outcomes);
      }
    }

    /// Nobody waited any longer.
    record Cancelled() implements Event {}

    /// It could not be answered.
    record Failed(RuntimeException fault) implements Event {}
  }

  /// What an input has to have in its time, if it has a deadline.
  private static final int LEAST_PASSES = 2;

  private final Question question;
  private final long arrival;
  private final Answers answers;
  private final @Nullable Outcome[] outcomes;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private int left;
  private int taken;

  /// Whether there is an answer that nobody has taken up.
  private boolean unsent;

  /// Passes of the input that was run last.
  private volatile int done;

  private volatile boolean cancelled;
  private volatile long ended;

  Work(Question question, long arrival, Answers answers) {
    this.question = question;
    this.arrival = arrival;
    this.answers = answers;
    this.outcomes = new Outcome[question.inputs().size()];
    this.left = outcomes.length;
  }

  public Question question() {
    return question;
  }

  /// The time of arrival, by [System#nanoTime].
  public long arrival() {
    return arrival;
  }

  /// The next event, if there is one within a time. The last is [Event.Ended], [Event.Cancelled] or
  /// [Event.Failed].
  public Optional<Event> next(long nanos) throws InterruptedException {
    Optional<Event> event = Optional.ofNullable(events.poll(nanos, TimeUnit.NANOSECONDS));
    event.ifPresent(_ -> taken());
    return event;
  }

  /// The next event.
  public Event next() throws InterruptedException {
    Event event = events.take();
    taken();
    return event;
  }

  /// Nobody waits any longer: the work stops before its next pass, and there is one event more.
  public void cancel() {
    cancelled = true;
    taken();
    events.add(new Event.Cancelled());
  }

  private synchronized void taken() {
    if (unsent) {
      unsent = false;
      answers.add(-1);
    }
  }

  /// The answer has reached its client, at a time by [System#nanoTime].
  public void sent(long end) {
    if (ended != 0) {
      answers.took(end - ended);
    }
  }

  /// What must be left of the deadline when the passes end: twice the time of an answer, as the
  /// request has waited in its connection, unseen, about as long as its answer waits; at most three
  /// quarters of all the time that there is, lest slow answers leave no passes.
  long answerNanos() {
    long nanos = 2 * answers.nanos();
    OptionalLong deadline = question.deadline();
    return deadline.isEmpty() ? nanos : Math.min(nanos, (deadline.getAsLong() - arrival) / 4 * 3);
  }

  boolean cancelled() {
    return cancelled;
  }

  /// Whether it needs no more passes.
  boolean over() {
    return cancelled || ended != 0;
  }

  void progressed(int passes) {
    done = passes;
  }

  /// How long another question's passes take, those that it shares the workers with until it has
  /// its own.
  double nanosOf(Work other) {
    return other.nanos(passes());
  }

  private synchronized double nanos(int most) {
    int passes = Math.min(question.samples() - done, most);
    return question.model().passNanos() * left * Math.max(0, passes);
  }

  /// Passes that each input needs.
  private int passes() {
    return question.deadline().isPresent()
        ? Math.min(LEAST_PASSES, question.samples())
        : question.samples();
  }

  /// How long it can wait for the passes of others: as long as its deadline allows. Without one, or
  /// with one that it would miss alone, as long as any.
  double mostWaitNanos(Duration any) {
    OptionalLong deadline = question.deadline();
    double own = nanos(passes());
    if (deadline.isEmpty() || deadline.getAsLong() - arrival < Answers.LEAST_NANOS + own) {
      return any.toNanos();
    }
    return deadline.getAsLong() - System.nanoTime() - answers.nanos() - own;
  }

  /// Inputs that no worker has taken; asked and changed under the lock of the queue.
  int waiting() {
    return outcomes.length - taken;
  }

  Item take() {
    return new Item(this, taken++);
  }

  void looked(Item item, double[][] passes) {
    events.add(new Event.Looked(item.index, new Outcome(question, passes, question.limit())));
  }

  synchronized void ended(Item item, double[][] passes, StopCause cause) {
    outcomes[item.index] = new Outcome(question, passes, cause);
    left--;
    if (left == 0) {
      ended = System.nanoTime();
      if (!cancelled) {
        unsent = true;
        answers.add(1);
      }
      events.add(new Event.Ended(Arrays.stream(outcomes).map(Work::present).toList()));
    }
  }

  void failed(RuntimeException fault) {
    cancelled = true;
    events.add(new Event.Failed(fault));
  }

  private static Outcome present(@Nullable Outcome outcome) {
    if (outcome == null) {
      throw new IllegalStateException("an input has no answer");
    }
    return outcome;
  }
}
