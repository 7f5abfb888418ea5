package org.pdnn.server.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.energy.Joules;
import org.pdnn.network.LastHidden;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.SettledTest;
import org.pdnn.server.SmallModels;
import org.pdnn.server.passes.Question.Terms;

@Timeout(120)
class SchedulerTest {
  private static final Patience WAIT = Patience.of(Duration.ofHours(1));
  private static final long LONG = 60_000_000_000L;

  private static Terms terms(int samples, Scheme scheme, long seed) {
    return new Terms(
        samples, scheme, seed, OptionalDouble.empty(), Optional.empty(), OptionalLong.empty());
  }

  private static Terms until(long deadline) {
    return new Terms(
        4096,
        Scheme.SCRAMBLED,
        1,
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.of(deadline));
  }

  private static List<Outcome> outcomes(Work work) throws InterruptedException {
    Work.Event event = work.next(LONG).orElseThrow();
    while (event instanceof Work.Event.Looked) {
      event = work.next(LONG).orElseThrow();
    }
    if (event instanceof Work.Event.Failed(var fault)) {
      throw fault;
    }
    return assertInstanceOf(Work.Event.Ended.class, event).outcomes();
  }

  private static double[] alone(SampledModel model, float[] input, Run run, long seed) {
    return model.sampler(run)
        .passes(new float[][] {input}, new long[] {InputAddress.of(input)}, new Philox(seed))[0][
        run.samples() - 1];
  }

  /// Whatever else is in work, an answer has the bits of its own run: 400 questions of different T,
  /// schemes, seeds and sizes by three workers.
  @ParameterizedTest
  @ValueSource(strings = {"8", "32"})
  void answersHaveTheBitsOfTheirOwnRun(String weights) throws Exception {
    SampledModel model = SmallModels.sampled(SmallModels.model(), Precision.parse(weights));
    SplittableRandom random = new SplittableRandom(1);
    List<Work> works = new ArrayList<>();
    try (Scheduler scheduler = new Scheduler(3, WAIT)) {
      for (int i = 0; i < 400; i++) {
        List<float[]> inputs = new ArrayList<>();
        for (int k = 0; k <= random.nextInt(4); k++) {
          inputs.add(SmallModels.input(random.nextInt(50)));
        }
        List<Scheme> schemes = List.of(Scheme.values());
        Scheme scheme = schemes.get(random.nextInt(schemes.size()));
        boolean whole = scheme == Scheme.STRATIFIED && weights.equals("32");
        Terms terms = terms(1 + random.nextInt(whole ? 4 : 70), scheme, random.nextInt(3));
        works.add(scheduler.submit(Question.of(model, inputs, terms, false), System.nanoTime()));
      }
      for (Work work : works) {
        Question question = work.question();
        List<Outcome> outcomes = outcomes(work);
        Run run = new Run(question.samples(), question.scheme(), Averaging.END, LastHidden.BITS);
        for (int i = 0; i < outcomes.size(); i++) {
          float[] input = question.inputs().get(i);
          double[][] expected =
              Precision.parse(weights)
                  .sampler(model.network(), run)
                  .passes(input, InputAddress.of(input), new Philox(question.seed()));
          assertEquals(run.samples(), outcomes.get(i).samples());
          assertEquals(StopCause.SAMPLES, outcomes.get(i).stoppedBy());
          assertArrayEquals(
              Outputs.mean(expected, expected.length), outcomes.get(i).answer().logits());
        }
      }
    }
  }

  @Test
  void aDeterministicNetworkHasOnePass() throws Exception {
    for (String neuron : List.of("sigmoid", "sigmoid:3bit", "relu")) {
      SampledModel model = SmallModels.sampled(SmallModels.model(neuron), Precision.DEFAULT);
      float[] input = SmallModels.input(1);
      try (Scheduler scheduler = new Scheduler(1, WAIT)) {
        Work work =
            scheduler.submit(
                Question.of(model, List.of(input), terms(8, Scheme.SCRAMBLED, 1), false), 0);
        Outcome outcome = outcomes(work).getFirst();
        assertEquals(1, outcome.samples());
        assertArrayEquals(alone(model, input, Run.of(1), 1), outcome.answer().logits(), neuron);
      }
    }
  }

  @Test
  void aSettledInputEndsWhereItsTestEndsIt() throws Exception {
    SampledModel model = SmallModels.sampled();
    Terms terms =
        new Terms(
            256,
            Scheme.SCRAMBLED,
            1,
            OptionalDouble.of(0.9),
            Optional.empty(),
            OptionalLong.empty());
    List<float[]> inputs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      inputs.add(SmallModels.input(i));
    }
    SettledTest test = new SettledTest(0.9, model.network(), Run.of(256));
    int early = 0;
    try (Scheduler scheduler = new Scheduler(2, WAIT)) {
      List<Outcome> outcomes =
          outcomes(scheduler.submit(Question.of(model, inputs, terms, false), 0));
      for (int i = 0; i < inputs.size(); i++) {
        float[] input = inputs.get(i);
        double[][] all =
            Precision.DEFAULT
                .sampler(model.network(), Run.of(256))
                .passes(input, InputAddress.of(input), new Philox(1));
        int expected = test.until(all).length;
        assertEquals(expected, outcomes.get(i).samples());
        assertEquals(
            expected < 256 ? StopCause.CONFIDENCE : StopCause.SAMPLES, outcomes.get(i).stoppedBy());
        early += expected < 256 ? 1 : 0;
      }
    }
    assertTrue(early > 0);
  }

  @Test
  void joulesBuyThePassesThatTheyCost() throws Exception {
    SampledModel model = SmallModels.sampled();
    Joules five = model.price(Scheme.SCRAMBLED, 5);
    for (Joules most : List.of(five, Joules.ofPicojoules(1e-6), five.times(1e6))) {
      Terms terms =
          new Terms(
              8,
              Scheme.SCRAMBLED,
              1,
              OptionalDouble.empty(),
              Optional.of(most),
              OptionalLong.empty());
      try (Scheduler scheduler = new Scheduler(1, WAIT)) {
        Outcome outcome =
            outcomes(
                    scheduler.submit(
                        Question.of(model, List.of(SmallModels.input(1)), terms, false), 0))
                .getFirst();
        int expected = most.equals(five) ? 5 : most.compareTo(five) < 0 ? 1 : 8;
        assertEquals(expected, outcome.samples());
        assertEquals(expected < 8 ? StopCause.JOULES : StopCause.SAMPLES, outcome.stoppedBy());
        assertEquals(model.price(Scheme.SCRAMBLED, expected), outcome.price());
      }
    }
  }

  /// A deadline that is over when the question arrives leaves one pass; one in the far future, all.
  @Test
  void aDeadlineCutsThePassesAndLeavesOne() throws Exception {
    SampledModel model = SmallModels.sampled();
    List<float[]> inputs = List.of(SmallModels.input(1));
    try (Scheduler scheduler = new Scheduler(1, WAIT)) {
      long now = System.nanoTime();
      Outcome late =
          outcomes(scheduler.submit(Question.of(model, inputs, until(now - 1), false), now))
              .getFirst();
      assertEquals(1, late.samples());
      assertEquals(StopCause.DEADLINE, late.stoppedBy());
      Outcome all =
          outcomes(scheduler.submit(Question.of(model, inputs, until(now + LONG), false), now))
              .getFirst();
      assertEquals(4096, all.samples());
    }
  }

  @Test
  void whoFollowsSeesAnswersAtPowersOfTwo() throws Exception {
    SampledModel model = SmallModels.sampled();
    float[] input = SmallModels.input(3);
    List<Integer> seen = new ArrayList<>();
    try (Scheduler scheduler = new Scheduler(1, WAIT)) {
      Work work =
          scheduler.submit(
              Question.of(model, List.of(input), terms(20, Scheme.SCRAMBLED, 1), true), 0);
      Work.Event event = work.next(LONG).orElseThrow();
      while (event instanceof Work.Event.Looked(int index, Outcome soFar)) {
        assertEquals(0, index);
        seen.add(soFar.samples());
        event = work.next(LONG).orElseThrow();
      }
      seen.add(assertInstanceOf(Work.Event.Ended.class, event).outcomes().getFirst().samples());
    }
    assertEquals(List.of(1, 2, 4, 8, 16, 20), seen);
  }

  /// A short question overtakes 500 long ones of another client that came before it.
  @Test
  void aShortQuestionDoesNotWaitForALongOne() throws Exception {
    SampledModel model = SmallModels.sampled();
    List<float[]> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(SmallModels.input(i));
    }
    try (Scheduler scheduler = new Scheduler(1, WAIT)) {
      Work longer =
          scheduler.submit(Question.of(model, many, terms(2000, Scheme.SCRAMBLED, 1), false), 0);
      Work shorter =
          scheduler.submit(
              Question.of(
                  model, List.of(SmallModels.input(1)), terms(2, Scheme.SCRAMBLED, 1), false),
              0);
      assertEquals(2, outcomes(shorter).getFirst().samples());
      assertTrue(longer.next(0).isEmpty());
      longer.cancel();
    }
  }

  @Test
  void whatIsCancelledMakesRoom() throws Exception {
    SampledModel model = SmallModels.sampled();
    List<float[]> many = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      many.add(SmallModels.input(i));
    }
    try (Scheduler scheduler = new Scheduler(1, WAIT)) {
      Question question = Question.of(model, many, terms(4096, Scheme.SCRAMBLED, 1), false);
      Work work = scheduler.submit(question, 0);
      work.cancel();
      long start = System.nanoTime();
      while (scheduler.waiting() > 0) {
        assertTrue(System.nanoTime() - start < LONG);
        Thread.onSpinWait();
      }
      assertEquals(
          1,
          outcomes(
                  scheduler.submit(
                      Question.of(model, many.subList(0, 1), terms(1, Scheme.SCRAMBLED, 1), false),
                      0))
              .size());
    }
  }

  private static Work work(SampledModel model, Terms terms) {
    return new Work(question(model, terms), System.nanoTime(), new Answers());
  }

  private static Terms within(Duration time) {
    return until(System.nanoTime() + time.toNanos());
  }

  private static void refused(WaitingLine line, Work work) {
    assertFalse(assertThrows(BusyException.class, () -> line.add(work)).closing());
  }

  /// Passes of 0.1 s by two workers: ten questions of eight passes take 4 s from one that needs as
  /// many, 1 s from one that needs two for its deadline, 0.5 s from one that needs one.
  @Test
  void whoWouldWaitTooLongIsRefused() throws Exception {
    SampledModel model = SmallModels.sampled();
    model.passed(1e8);
    WaitingLine line = new WaitingLine(Patience.of(Duration.ofMillis(3900)), 2);
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      works.add(work(model, terms(8, Scheme.SCRAMBLED, 1)));
      line.add(works.getLast());
    }
    refused(line, work(model, terms(8, Scheme.SCRAMBLED, 1)));
    refused(line, work(model, within(Duration.ofMillis(1100))));
    for (Terms terms :
        List.of(
            terms(1, Scheme.SCRAMBLED, 1),
            within(Duration.ofMinutes(1)),
            within(Duration.ofMillis(1)))) {
      Work fits = work(model, terms);
      line.add(fits);
      fits.cancel();
    }
    works.getFirst().cancel();
    line.add(work(model, terms(8, Scheme.SCRAMBLED, 1)));
  }

  @Test
  void aClosedSchedulerRefuses() throws Exception {
    Scheduler scheduler = new Scheduler(1, WAIT);
    Question question =
        Question.of(
            SmallModels.sampled(),
            List.of(SmallModels.input(1)),
            terms(1, Scheme.SCRAMBLED, 1),
            false);
    scheduler.close();
    assertTrue(assertThrows(BusyException.class, () -> scheduler.submit(question, 0)).closing());
    assertFalse(scheduler.alive());
  }

  /// What cannot be sampled fails with its reason, and the worker lives.
  @Test
  void aFaultIsToldAndTheWorkerLives() throws Exception {
    SampledModel model = SmallModels.sampled();
    try (Scheduler scheduler = new Scheduler(1, WAIT)) {
      Question wrong =
          Question.of(model, List.of(new float[100_000]), terms(1, Scheme.SCRAMBLED, 1), false);
      Work work = scheduler.submit(wrong, 0);
      assertThrows(RuntimeException.class, () -> outcomes(work));
      Question right =
          Question.of(model, List.of(SmallModels.input(1)), terms(1, Scheme.SCRAMBLED, 1), false);
      assertEquals(1, outcomes(scheduler.submit(right, 0)).size());
      assertTrue(scheduler.alive());
    }
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void onlySchemesWithPrefixesEndEarly(Scheme scheme) {
    SampledModel model = SmallModels.sampled();
    List<float[]> inputs = List.of(SmallModels.input(1));
    if (scheme.anytime()) {
      assertTrue(Question.of(model, inputs, terms(4, scheme, 1), true).followed());
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> Question.of(model, inputs, terms(4, scheme, 1), true));
    }
  }

  /// 200 questions, every tenth of which kills the worker that takes it: each is answered, or told
  /// that it failed, and afterwards the scheduler is as it was.
  @Test
  void aWorkerThatFailsBeginsAnewAndNobodyWaitsInVain() throws Exception {
    SampledModel model = SmallModels.sampled();
    try (Scheduler scheduler = new Scheduler(2, WAIT)) {
      List<Work> works = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Question question =
            i % 10 == 5
                ? SmallModels.fault(model)
                : Question.of(
                    model,
                    List.of(SmallModels.input(i), SmallModels.input(i + 1)),
                    terms(256, Scheme.SCRAMBLED, 1),
                    false);
        works.add(scheduler.submit(question, System.nanoTime()));
      }
      int failed = 0;
      for (int i = 0; i < works.size(); i++) {
        Work.Event event = works.get(i).next(LONG).orElseThrow();
        if (event instanceof Work.Event.Failed) {
          failed++;
        } else {
          assertTrue(i % 10 != 5, "the fault was answered");
          assertInstanceOf(Work.Event.Ended.class, event);
        }
      }
      assertTrue(failed >= 20, "the fault did not fail");
      assertTrue(scheduler.alive());
      assertEquals(0, scheduler.waiting());
      Work after =
          scheduler.submit(
              Question.of(
                  model, List.of(SmallModels.input(1)), terms(8, Scheme.SCRAMBLED, 1), false),
              System.nanoTime());
      assertEquals(8, outcomes(after).getFirst().samples());
    }
  }

  /// 64 requests, however long they take; deadlines go by time: two passes of 64 others, 6.4 s.
  @Test
  void aBurstIsAnsweredUnlessATimeIsNamed() throws Exception {
    SampledModel model = SmallModels.sampled();
    model.passed(1e8);
    WaitingLine line = new WaitingLine(Patience.BURST, 2);
    for (int i = 0; i < 64; i++) {
      line.add(work(model, terms(8, Scheme.SCRAMBLED, 1)));
    }
    refused(line, work(model, terms(8, Scheme.SCRAMBLED, 1)));
    Work inTime = work(model, within(Duration.ofMinutes(5)));
    line.add(inTime);
    refused(line, work(model, within(Duration.ofMillis(700))));
  }

  @Test
  void theTimeOfTheLatestAnswerRisesAtOnceAndFallsWithTime() throws Exception {
    Answers answers = new Answers();
    long least = answers.nanos();
    answers.late(1);
    assertEquals(least, answers.nanos());
    long start = System.nanoTime();
    answers.late(100 * least);
    long later = answers.nanos();
    assertTrue(later > 50 * least && later <= 100 * least);
    answers.late(2 * least);
    while (answers.nanos() > later / 10 * 9) {
      assertTrue(System.nanoTime() - start < LONG);
      Thread.sleep(10);
    }
    assertTrue(System.nanoTime() - start > 299_000_000);
  }

  /// What an answer was late, the next must leave, within three quarters of its time; a deadline
  /// that would be missed alone teaches nothing.
  @Test
  void deadlinesLeaveTheTimeThatAnswersNeeded() {
    SampledModel model = SmallModels.sampled();
    model.passed(1e6);
    Answers answers = new Answers();
    double[][] passes = {{1, 2}};
    long before = System.nanoTime();
    Work late = new Work(question(model, within(Duration.ofSeconds(1))), before, answers);
    Work hopeless = new Work(question(model, until(before + 1)), before, answers);
    hopeless.ended(hopeless.take(), passes, StopCause.DEADLINE);
    hopeless.sent(before);
    assertEquals(Answers.LEAST_NANOS, answers.nanos());
    late.ended(late.take(), passes, StopCause.DEADLINE);
    late.sent(System.nanoTime() + 50_000_000);
    assertTrue(answers.nanos() > 90_000_000, () -> String.valueOf(answers.nanos()));
    Work next = new Work(question(model, until(before + 40_000_000)), before, answers);
    assertEquals(30_000_000, next.answerNanos());
  }

  private static Question question(SampledModel model, Terms terms) {
    return Question.of(model, List.of(SmallModels.input(1)), terms, false);
  }

  /// Workers wait while answers lie, but no longer than they may.
  @Test
  void passesGiveWayToAnswers() {
    Answers answers = new Answers();
    answers.ended();
    long start = System.nanoTime();
    answers.giveWay(20_000_000);
    assertTrue(System.nanoTime() - start >= 20_000_000);
    answers.taken();
    start = System.nanoTime();
    answers.giveWay(LONG);
    assertTrue(System.nanoTime() - start < LONG);
  }

  /// An answer lies until somebody takes it up, or nobody waits for it any longer.
  @Test
  void noAnswerLiesForEver() throws Exception {
    SampledModel model = SmallModels.sampled();
    Answers answers = new Answers();
    for (boolean leaves : List.of(false, true)) {
      Question question =
          Question.of(model, List.of(SmallModels.input(1)), terms(1, Scheme.SCRAMBLED, 1), false);
      Work work = new Work(question, 0, answers);
      if (leaves) {
        work.cancel();
      }
      work.ended(work.take(), new double[][] {{1, 2}}, StopCause.SAMPLES);
      assertEquals(leaves ? 0 : 1, answers.lying());
      work.next();
      assertEquals(0, answers.lying());
      work.cancel();
      assertEquals(0, answers.lying());
    }
  }
}
