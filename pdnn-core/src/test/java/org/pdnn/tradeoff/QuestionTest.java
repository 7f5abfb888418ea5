package org.pdnn.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pdnn.tradeoff.Verdict.Answer.BITS;
import static org.pdnn.tradeoff.Verdict.Answer.EVEN;
import static org.pdnn.tradeoff.Verdict.Answer.NO_ANSWER;
import static org.pdnn.tradeoff.Verdict.Answer.SAMPLES;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Work;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

/// 1,000 inputs of ten equal classes. An addition costs 1 nJ and nothing else costs anything.
class QuestionTest {
  private static final int INPUTS = 1000;
  private static final Pricing PRICING = Pricing.strict(additionsOnly(1));

  /// A reference of 96.0 %, and one bit that never reaches the required accuracy.
  private static final Trial REFERENCE = bits(32, 500, 960);

  private static final Trial ONE_BIT = bits(1, 90, 900);

  private static Technology additionsOnly(double nanojoules) {
    Technology technology = Technology.named("sram65");
    for (Operation operation : technology.constants().keySet()) {
      technology = technology.with(operation, Joules.ZERO);
    }
    return technology.with(Operation.ADD, Joules.ofNanojoules(nanojoules));
  }

  /// Work of a given price.
  private record Priced(double first, double nanojoules) implements Workload {
    @Override
    public String name() {
      return "priced";
    }

    @Override
    public List<LayerWork> work(Convention convention) {
      return List.of(layer(first), layer(nanojoules - first));
    }

    private static LayerWork layer(double nanojoules) {
      Work once = Work.of(Operation.ADD, nanojoules);
      return LayerWork.of(0, "layer", new LayerSize(1, 1, 1), once, Work.NONE);
    }

    @Override
    public Workload twin() {
      return this;
    }

    @Override
    public Workload withHidden(Neuron neuron) {
      return this;
    }
  }

  /// Right on the first `right` inputs, under one noise seed.
  private static Correctness first(int right) {
    BitSet all = new BitSet();
    all.set(0, right);
    return new Correctness(INPUTS, List.of(all));
  }

  private static Trial trial(
      Neuron neuron, int samples, double nanojoules, double first, List<Correctness> runs) {
    return new Trial(
        new Setting(
            neuron + " " + samples,
            neuron,
            samples,
            neuron.random() ? Optional.of(Scheme.SCRAMBLED) : Optional.empty(),
            Precision.DEFAULT,
            LastHidden.BITS,
            Outputs.LOGITS),
        new Priced(first, nanojoules),
        accuracy(runs),
        runs);
  }

  private static Estimate accuracy(List<Correctness> runs) {
    double[] accuracies = runs.stream().mapToDouble(run -> run.accuracy().value()).toArray();
    return runs.size() == 1 ? runs.getFirst().accuracy() : Estimate.over(accuracies);
  }

  private static Trial bits(int bits, double nanojoules, int right) {
    Neuron neuron = Neuron.parse("sigmoid" + (bits == 32 ? "" : ":" + bits + "bit"));
    return trial(neuron, 1, nanojoules, 0, List.of(first(right)));
  }

  private static Trial samples(int samples, double nanojoules, int right) {
    return trial(Neuron.parse("pbit:sigmoid"), samples, nanojoules, 0, List.of(first(right)));
  }

  private static Verdict verdict(Trial... trials) {
    List<Trial> all = new ArrayList<>(List.of(REFERENCE, ONE_BIT));
    all.addAll(List.of(trials));
    return new Question(all, 0.1, Question.TOLERANCE).verdict(PRICING);
  }

  @Test
  void theCheaperSideOnTheLineWins() {
    Trial four = samples(4, 200, 960);
    Trial eight = samples(8, 240, 970);
    Trial three = bits(3, 300, 965);
    Verdict verdict = verdict(samples(2, 150, 900), four, eight, three);
    assertEquals(SAMPLES, verdict.answer());
    assertEquals(four, verdict.samples().orElseThrow().trial());
    assertEquals(three, verdict.bits().orElseThrow().trial());
    assertEquals("the energy is 1.50 times less", verdict.reason());
    assertEquals(BITS, verdict(samples(4, 200, 960), bits(3, 100, 965)).answer());
  }

  @Test
  void oneBitOnTheLineIsAMatchForSamples() {
    assertEquals(BITS, verdict(samples(4, 200, 960), bits(1, 80, 965)).answer());
  }

  @Test
  void nothingOnTheLineLoses() {
    Verdict verdict = verdict(samples(32, 10, 900));
    assertEquals(BITS, verdict.answer());
    assertEquals(Optional.empty(), verdict.samples());
    assertEquals("no number of samples reaches the required accuracy", verdict.reason());
  }

  @Test
  void pricesWithinFivePercentAreEven() {
    Verdict verdict = verdict(samples(4, 200, 960), bits(3, 205, 960));
    assertEquals(EVEN, verdict.answer());
    assertEquals("the energies differ by less than 5 %", verdict.reason());
  }

  /// 955 of 1,000 right is half a point below: just enough, but other images may push it below.
  @Test
  void whatNoiseMayTurnIsEven() {
    Verdict verdict = verdict(samples(4, 200, 955), bits(3, 300, 960));
    assertEquals(EVEN, verdict.answer());
    assertEquals("neither is surely cheaper", verdict.reason());
    assertEquals(-0.005, verdict.difference().orElseThrow().value(), 1e-12);
  }

  /// A cheaper trial that may be accurate enough keeps the other side from winning.
  @Test
  void whatMayBeOnTheLineCounts() {
    assertEquals(
        EVEN, verdict(samples(4, 200, 960), bits(3, 100, 954), bits(4, 300, 960)).answer());
  }

  @Test
  void thereIsNoAnswerWithoutAContestant() {
    Trial four = samples(4, 200, 960);
    assertReason("no p-DNN was measured", REFERENCE, ONE_BIT);
    assertReason("no deterministic network was measured with weights of as many bits", four);
    assertReason(
        "no deterministic network with activations of 8 bits or more was measured",
        ONE_BIT,
        bits(3, 1, 1),
        four);
    assertReason(
        "no deterministic network with activations of one bit was measured, which may be the"
            + " cheapest",
        REFERENCE,
        four);
  }

  /// What is missing may only be cheaper than bits that win already.
  @Test
  void bitsWinWithoutOneBit() {
    assertEquals(
        BITS,
        new Question(List.of(REFERENCE, samples(4, 600, 960)), 0.1, Question.TOLERANCE)
            .verdict(PRICING)
            .answer());
  }

  private static void assertReason(String reason, Trial... trials) {
    Verdict verdict = new Question(List.of(trials), 0.1, Question.TOLERANCE).verdict(PRICING);
    assertEquals(NO_ANSWER, verdict.answer());
    assertEquals(reason, verdict.reason());
  }

  @Test
  void thereIsNoAnswerWithoutTheAnswersToEachInput() {
    Trial four = samples(4, 200, 960);
    Trial forgotten = new Trial(four.setting(), four.workload(), four.accuracy(), List.of());
    assertReason(
        "of pbit:sigmoid 4 it was not kept which inputs were classified correctly; measure it again",
        REFERENCE,
        ONE_BIT,
        forgotten);
  }

  @Test
  void thereIsNoAnswerAtChance() {
    Trial reference = bits(32, 500, 105);
    Verdict verdict =
        new Question(
                List.of(reference, bits(1, 90, 101), samples(4, 10, 108)), 0.1, Question.TOLERANCE)
            .verdict(PRICING);
    assertEquals(NO_ANSWER, verdict.answer());
    assertTrue(verdict.reason().startsWith("10.50 % right on 1000 images cannot be told from"));
    assertTrue(verdict.reason().contains("normalised"));
  }

  @Test
  void thereIsNoAnswerWhereTheFirstLayerTakesNearlyAll() {
    Trial four = trial(Neuron.parse("pbit:sigmoid"), 4, 100, 95, List.of(first(960)));
    Trial three = trial(Neuron.parse("sigmoid:3bit"), 1, 103, 95, List.of(first(960)));
    Verdict verdict = verdict(four, three);
    assertEquals(NO_ANSWER, verdict.answer());
    assertEquals(
        "the first layer takes 95 % of the one energy and 92 % of the other, so that neither samples nor bits matter",
        verdict.reason());
  }

  @Test
  void otherWidthsAreNotCompared() {
    Trial four = samples(4, 200, 960);
    Setting of = four.setting();
    Setting real =
        new Setting(
            of.model(),
            of.neuron(),
            of.samples(),
            of.scheme(),
            Precision.REAL,
            of.last(),
            of.outputs());
    Trial other = new Trial(real, four.workload(), four.accuracy(), four.runs());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Question(List.of(REFERENCE, other), 0.1, Question.TOLERANCE));
    assertEquals(
        "a comparison holds both sides at the same bits of weights, got [8, 32]", e.getMessage());
  }

  /// Runs that differ by 2 points either way leave open what other runs would do, however many
  /// images there are.
  @Test
  void trainingRunsWidenTheInterval() {
    List<Correctness> steady = List.of(first(960), first(960), first(960));
    List<Correctness> wild = List.of(first(980), first(940), first(963));
    Neuron three = Neuron.parse("sigmoid:3bit");
    Neuron pbit = Neuron.parse("pbit:sigmoid");
    Trial reference = trial(Neuron.parse("sigmoid"), 1, 500, 0, steady);
    List<Trial> calm =
        List.of(
            reference, ONE_BIT, trial(three, 1, 300, 0, steady), trial(pbit, 4, 200, 0, steady));
    List<Trial> open =
        List.of(reference, ONE_BIT, trial(three, 1, 300, 0, steady), trial(pbit, 4, 200, 0, wild));
    assertEquals(SAMPLES, new Question(calm, 0.1, 0.005).verdict(PRICING).answer());
    Verdict verdict = new Question(open, 0.1, 0.005).verdict(PRICING);
    assertEquals(EVEN, verdict.answer());
    assertEquals(0.1, verdict.difference().orElseThrow().high() * 2, 0.02);
  }

  /// A random set of trials on both sides.
  private static List<Trial> random(Random random, double samplesFactor, double scale) {
    List<Trial> all =
        new ArrayList<>(List.of(bits(32, 900 * scale, 960), bits(1, 800 * scale, 800)));
    IntStream.rangeClosed(2, 4)
        .forEach(bits -> all.add(bits(bits, scale * (50 + random.nextInt(200)), right(random))));
    IntStream.rangeClosed(1, 4)
        .forEach(t ->
            all.add(samples(t, samplesFactor * scale * (50 + random.nextInt(200)), right(random))));
    return all;
  }

  private static int right(Random random) {
    return 930 + random.nextInt(50);
  }

  private static Verdict.Answer answer(List<Trial> trials) {
    return new Question(trials, 0.1, 0.005).verdict(PRICING).answer();
  }

  /// A lower price of the samples never turns the answer towards bits, nor a higher one towards
  /// samples.
  @Test
  void theVerdictIsMonotoneInThePrice() {
    for (int seed = 0; seed < 1000; seed++) {
      List<Integer> order = new ArrayList<>();
      for (double factor : new double[] {0.25, 0.5, 0.9, 1, 1.1, 2, 4}) {
        order.add(
            List.of(SAMPLES, EVEN, BITS).indexOf(answer(random(new Random(seed), factor, 1))));
      }
      assertEquals(order.stream().sorted().toList(), order, "seed " + seed);
    }
  }

  @Test
  void theVerdictDoesNotDependOnTheUnit() {
    for (int seed = 0; seed < 1000; seed++) {
      assertEquals(
          answer(random(new Random(seed), 1, 1)), answer(random(new Random(seed), 1, 1e-6)));
    }
  }

  /// Sides that change places change the answer: only the reference and the one bit stay.
  @Test
  void theVerdictIsSymmetric() {
    for (int seed = 0; seed < 1000; seed++) {
      List<Trial> trials = random(new Random(seed), 1, 1);
      List<Trial> swapped = new ArrayList<>(trials.subList(0, 2));
      for (Trial one : trials.subList(2, trials.size())) {
        int right = one.runs().getFirst().bySeed().getFirst().cardinality();
        double energy = PRICING.of(one).energy().nanojoules();
        int number = one.random() ? 1 + one.setting().samples() : one.setting().neuron().bits();
        swapped.add(one.random() ? bits(number, energy, right) : samples(number, energy, right));
      }
      // The reference always reaches the required accuracy; samples may not.
      if (besideReference(trials) && besideReference(swapped)) {
        Verdict.Answer answer = answer(trials);
        Verdict.Answer opposite = answer == SAMPLES ? BITS : answer == BITS ? SAMPLES : answer;
        assertEquals(opposite, answer(swapped), "seed " + seed);
      }
    }
  }

  /// Whether something cheaper than the reference reaches the required accuracy.
  private static boolean besideReference(List<Trial> trials) {
    Verdict verdict = new Question(trials, 0.1, 0.005).verdict(PRICING);
    return !verdict.bits().orElseThrow().trial().equals(trials.getFirst());
  }

  @Test
  void thePriceOfMemoryThatMakesSamplesPay() {
    assertEquals(
        new MemoryRange(Optional.of(Joules.ZERO), Optional.empty()), MemoryRange.where(-1, 0));
    assertTrue(MemoryRange.where(-1, -1).always());
    assertTrue(MemoryRange.where(1, 0).never());
    assertEquals(Optional.of(Joules.ofPicojoules(2)), MemoryRange.where(4, -2).least());
    assertEquals(Optional.of(Joules.ofPicojoules(2)), MemoryRange.where(-4, 2).most());
  }
}
