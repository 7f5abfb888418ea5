package org.pdnn.server.passes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

  /// When a deadline should have ended the passes, if one has.
  private volatile long due = Long.MAX_VALUE;

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
      answers.taken();
    }
  }

  /// The answer has reached its client, at a time by [System#nanoTime].
  public void sent(long end) {
    if (ended != 0) {
      // A request has waited to be read, unseen, about as long as its answer waits to be sent.
      answers.late(end - Math.min(ended, due) + end - ended);
    }
  }

  /// What must be left of the deadline when the passes end: at most three quarters of all the time
  /// that there is, lest late answers leave no passes.
  long answerNanos() {
    OptionalLong deadline = question.deadline();
    return deadline.isEmpty()
        ? answers.nanos()
        : Math.min(answers.nanos(), (deadline.getAsLong() - arrival) / 4 * 3);
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

  /// What its deadline leaves for the passes of others, unless it has none or would miss it alone.
  OptionalDouble nanosLeft() {
    OptionalLong deadline = question.deadline();
    double own = nanos(passes());
    return deadline.isEmpty() || hopeless(own)
        ? OptionalDouble.empty()
        : OptionalDouble.of(deadline.getAsLong() - System.nanoTime() - Answers.LEAST_NANOS - own);
  }

  /// Whether the deadline would be missed alone.
  private boolean hopeless(double own) {
    return question.deadline().orElse(Long.MAX_VALUE) - arrival < Answers.LEAST_NANOS + own;
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
    if (cause == StopCause.DEADLINE && !hopeless(nanos(passes()))) {
      due = question.deadline().orElseThrow() - answerNanos();
    }
    left--;
    if (left == 0) {
      ended = System.nanoTime();
      if (!cancelled) {
        unsent = true;
        answers.ended();
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
