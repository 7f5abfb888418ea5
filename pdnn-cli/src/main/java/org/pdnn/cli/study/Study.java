package org.pdnn.cli.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.names.Counted;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.network.TrainedOn;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import org.pdnn.training.Hyperparameters;

/// A study: which networks are trained and measured, on what, and for how long. Networks and curves
/// are cells of a sweep, like those of the paper's figures.
///
/// @param preset name of the network
/// @param seed of weights, order and noise
record Study(Budget budget, int epochs, DataSet data, String preset, long seed) {
  /// A network of a study.
  ///
  /// @param name in figures
  /// @param file name of its model file
  /// @param neuron its hidden neurons
  /// @param samples averaged in the loss, s
  record Member(String name, String file, Neuron neuron, int samples) {
    private static Member pdnn(int samples) {
      return new Member(
          "p-DNN, s = " + samples, "pdnn-s" + samples, Neuron.parse("pbit:sigmoid"), samples);
    }

    private static Member twin(int bits) {
      return new Member(
          "deterministic, " + Counted.of(bits, "bit"),
          "deterministic-" + bits + "bit",
          new Neuron.Deterministic(Activation.SIGMOID, bits),
          1);
    }

    boolean probabilistic() {
      return neuron.random();
    }
  }

  /// How much a study may take.
  enum Budget {
    /// About a minute on two cores, with the built-in digits.
    QUICK(20_000, 2_000, 8),
    /// Trained until little is left to gain, and with s = 10 too.
    FULL(60_000, 10_000, 20);

    /// Digits to draw if the data are the built-in ones.
    final int trainingImages;

    final int testImages;

    /// Times each training image is seen.
    final int epochs;

    Budget(int trainingImages, int testImages, int epochs) {
      this.trainingImages = trainingImages;
      this.testImages = testImages;
      this.epochs = epochs;
    }

    /// The T that are measured.
    List<Integer> samples() {
      return switch (this) {
        case QUICK -> List.of(1, 2, 4, 8, 16, 32);
        case FULL -> List.of(1, 2, 3, 4, 5, 8, 10, 16, 32);
      };
    }

    List<Member> members() {
      IntStream trained =
          switch (this) {
            case QUICK -> IntStream.of(1, 5);
            case FULL -> IntStream.of(1, 5, 10);
          };
      return Stream.concat(
              trained.mapToObj(Member::pdnn), IntStream.of(32, 3, 1).mapToObj(Member::twin))
          .toList();
    }
  }

  /// Noise seeds.
  static final int SEEDS = 5;

  private TrainedNetwork trained(Member member) {
    return new TrainedNetwork(
        data.training(),
        preset,
        member.neuron(),
        new Hyperparameters(
            member.samples(),
            epochs,
            64,
            1e-3,
            data.name().equals("cifar10"),
            Outputs.LOGITS,
            seed),
        new Start.Fresh(InitialWeights.GLOROT));
  }

  private CurveByClass curve(Member member, Scheme scheme) {
    return new CurveByClass(
        new SampledCurve(
            trained(member),
            member.neuron(),
            SampledCurve.Place.SAME,
            data.test(),
            new Evaluation(
                budget.samples(),
                scheme,
                Averaging.END,
                LastHidden.BITS,
                Outputs.LOGITS,
                seed,
                SEEDS),
            Precision.DEFAULT,
            new Imperfection.None()));
  }

  /// A member by a scheme.
  private record Task(Member member, Scheme scheme) {}

  /// p-DNNs by scrambled and by independent passes, twins once.
  private List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Member member : budget.members()) {
      tasks.add(new Task(member, Scheme.SCRAMBLED));
      if (member.probabilistic()) {
        tasks.add(new Task(member, Scheme.INDEPENDENT));
      }
    }
    return tasks;
  }

  /// Finishes the cells; then the models and `results.jsonl` lie in the study's folder.
  ///
  /// @param learnt what the models remember of the data
  /// @return what was measured, in the order of the members
  List<StudyCurve> run(Sweep sweep, TrainedOn learnt, Path out) throws IOException {
    Findings findings =
        sweep.run(
            tasks().stream()
                // The longest first, so that no thread waits for it alone at the end.
                .sorted(Comparator.comparing(task -> -task.member().samples()))
                .map(task -> curve(task.member(), task.scheme()))
                .toList());
    Path results = out.resolve("results.jsonl");
    Files.deleteIfExists(results);
    List<StudyCurve> curves = new ArrayList<>();
    for (Task task : tasks()) {
      Path file = out.resolve("models").resolve(task.member().file() + ".safetensors");
      Model model = model(sweep, task.member(), learnt);
      StudyCurve curve = measured(findings, task, model, file, model.write(file));
      ResultFile.append(results, curve.result());
      curves.add(curve);
    }
    return curves;
  }

  private Model model(Sweep sweep, Member member, TrainedOn learnt) throws IOException {
    TrainedNetwork trained = trained(member);
    return new Model(
        TrainedNetwork.read(sweep.folder(trained)).network(),
        InputForm.PIXELS,
        Optional.of(learnt),
        Map.of(
            "network", preset,
            "neuron", member.neuron().toString(),
            "training", trained.hyperparameters().toString(),
            "version", Environment.here().version()));
  }

  private StudyCurve measured(
      Findings findings, Task task, Model model, Path file, String modelSha256) {
    CurveByClass cell = curve(task.member(), task.scheme());
    Entry entry = findings.entry(cell);
    CurveByClass.Result found = entry.result(CurveByClass.KIND);
    Provenance provenance =
        new Provenance(
            cell.sampled().evaluation(),
            Precision.DEFAULT.name(task.member().probabilistic()) + ", philox",
            Optional.of(modelSha256),
            Optional.of(data.test().sha256()),
            entry.environment(),
            entry.time());
    return new StudyCurve(
        task.member(),
        model.network(),
        task.scheme(),
        new Result(
            file.toString(),
            data.test().name(),
            new Curve(found.measured().curve(), found.measured().deterministic()),
            found.grades(),
            provenance),
        found.classes());
  }
}
