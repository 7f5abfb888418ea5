package org.pdnn.cli.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Grades;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;
import org.pdnn.tradeoff.Verdict;

/// Answers of four networks to 200 inputs of ten equal classes, drawn at random, at each width of
/// weights.
class MeasuredTrialsTest {
  private static final int INPUTS = 200;
  private static final List<Integer> SAMPLES = List.of(1, 2, 8);
  private static final List<Precision> WIDTHS =
      Stream.of("32", "8", "4", "2", "1").map(Precision::parse).toList();
  private static final List<String> NEURONS =
      List.of("pbit:sigmoid", "sigmoid", "sigmoid:3bit", "sigmoid:1bit");

  @TempDir private Path folder;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, String> hashes = new LinkedHashMap<>();

  @BeforeEach
  void writeModels() throws IOException {
    for (String neuron : NEURONS) {
      Network network = Preset.network("cnn:2-4", Shape.of(1, 8, 8), 10, Neuron.parse(neuron));
      networks.put(neuron, network);
      hashes.put(neuron, new Model(network, Map.of()).write(file(neuron)));
    }
  }

  private Network network(String neuron) {
    return Objects.requireNonNull(networks.get(neuron));
  }

  private Path file(String neuron) {
    return folder.resolve(neuron.replace(':', '-') + ".safetensors");
  }

  private static Grades grades(Random random) {
    BitSet right = new BitSet();
    double accuracy = random.nextInt(3) == 0 ? 0.6 : 0.9 + random.nextDouble() / 10;
    for (int i = 0; i < INPUTS; i++) {
      right.set(i, random.nextDouble() < accuracy);
    }
    return new Grades(new Correctness(INPUTS, List.of(right)), 0.1);
  }

  private static CurvePoint point(int samples, Optional<Scheme> scheme, Grades grades) {
    Estimate accuracy = grades.correctness().accuracy();
    Estimate none = Estimate.exact(0);
    return new CurvePoint(samples, scheme, accuracy, none, none, none, Optional.empty(), none);
  }

  private Result result(String neuron, Precision weights, List<Grades> grades) {
    boolean random = network(neuron).random();
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i + 1 < grades.size(); i++) {
      Optional<Scheme> scheme = random ? Optional.of(Scheme.SCRAMBLED) : Optional.empty();
      points.add(point(random ? SAMPLES.get(i) : 1, scheme, grades.get(i)));
    }
    return new Result(
        file(neuron).toString(),
        "digits",
        new Curve(points, point(1, Optional.empty(), grades.getLast())),
        grades,
        new Provenance(
            Evaluation.of(1, 1, 2, 8),
            weights.name(network(neuron)) + ", philox",
            Optional.of(Objects.requireNonNull(hashes.get(neuron))),
            Optional.empty(),
            new Environment("0.1.0", "25", "a processor", 2),
            Instant.EPOCH));
  }

  private Trial trial(
      String model, Network network, Precision weights, CurvePoint point, Grades grades) {
    Workload workload = Workload.of(network);
    return new Trial(
        new Setting(
            file(model).toString(),
            workload.hidden().orElseThrow(),
            point.samples(),
            point.scheme(),
            weights,
            LastHidden.BITS,
            Outputs.LOGITS),
        workload,
        point.accuracy(),
        List.of(grades.correctness()));
  }

  private List<Trial> trials(Result result, String neuron, Precision weights) {
    List<Trial> trials = new ArrayList<>();
    List<CurvePoint> points = result.curve().points();
    for (int i = 0; i < points.size(); i++) {
      Grades grades = result.grades().get(i);
      trials.add(trial(neuron, network(neuron), weights, points.get(i), grades));
    }
    if (!result.curve().single()) {
      Network twin = network(neuron).deterministicTwin();
      CurvePoint point = result.curve().deterministic();
      trials.add(trial(neuron, twin, weights, point, result.grades().getLast()));
    }
    return trials;
  }

  /// Writes results of one width as lines.
  ///
  /// @return the question of what they measured
  private Question measured(Precision weights, Random random, StringBuilder lines) {
    List<Trial> measured = new ArrayList<>();
    for (String neuron : NEURONS) {
      List<Grades> grades = new ArrayList<>();
      int points = network(neuron).random() ? SAMPLES.size() : 1;
      for (int i = 0; i < points; i++) {
        grades.add(grades(random));
      }
      grades.add(points == 1 ? grades.getFirst() : grades(random));
      Result result = result(neuron, weights, grades);
      lines.append(ResultFile.lines(result));
      measured.addAll(trials(result, neuron, weights));
    }
    return new Question(measured, 0.1, Question.TOLERANCE);
  }

  /// Results that are written, cut into lines and read ask the question of what was measured, to
  /// the last digit, and so get its verdict: a thousand random sets, five to a file. All answers
  /// occur.
  @Test
  void whatIsKeptGivesTheSameVerdict() throws IOException {
    MeasuredNetworks models = new MeasuredNetworks(List.of());
    Pricing pricing = Pricing.strict(Technology.named("sram65"));
    Set<Verdict.Answer> answers = EnumSet.noneOf(Verdict.Answer.class);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder();
      List<Question> measured = new ArrayList<>();
      for (Precision weights : WIDTHS) {
        measured.add(measured(weights, random, lines));
      }
      Path file = folder.resolve(seed + ".jsonl");
      Files.writeString(file, lines);
      MeasuredTrials kept = MeasuredTrials.read(List.of(file), models, Assertions::fail);
      assertEquals(measured, kept.questions(Question.TOLERANCE), "seed " + seed);
      answers.add(measured.get(seed % WIDTHS.size()).verdict(pricing).answer());
    }
    assertTrue(
        answers.containsAll(
            List.of(Verdict.Answer.SAMPLES, Verdict.Answer.BITS, Verdict.Answer.EVEN)),
        answers.toString());
  }
}
