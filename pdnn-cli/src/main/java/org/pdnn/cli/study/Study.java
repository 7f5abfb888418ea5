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
import org.pdnn.data.Images;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.StartSearch;
import org.pdnn.experiment.TrainedNetwork;
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
import org.pdnn.training.Schedule;

/// A study: which networks are trained and measured, on what, and for how long. Networks and curves
/// are cells of a sweep, like those of the paper's figures.
///
/// A deterministic network is trained first; all that are compared, itself included, follow it for
/// as many further epochs, from a start that is searched for each kind of neuron alike, and are
/// measured at the same bits of weights.
///
/// @param epochs of the first network
/// @param preset name of the network
/// @param seed of weights, order and noise; each further training run has the next
record Study(Budget budget, int epochs, DataSet data, String preset, long seed) {
  /// A network of a study.
  ///
  /// @param file name of its model file, by which all figures and tables call it
  /// @param neuron its hidden neurons
  /// @param samples averaged in the loss, s
  record Member(String file, Neuron neuron, int samples) {
    private static Member pdnn(int samples) {
      return new Member("pdnn-s" + samples, PBIT, samples);
    }

    private static Member twin(int bits) {
      return new Member(
          "deterministic-" + bits + "bit", new Neuron.Deterministic(Activation.SIGMOID, bits), 1);
    }

    boolean probabilistic() {
      return neuron.random();
    }

    /// The neurons that it is trained with: eight bits are put in when it is measured.
    private Neuron trained() {
      return neuron.bits() >= 8 ? neuron.twin() : neuron;
    }

    String file(int run) {
      return run == 0 ? file : "%s-run%s".formatted(file, run + 1);
    }
  }

  /// How much a study may take.
  enum Budget {
    /// Under two minutes on two cores, with the built-in digits.
    QUICK(8_000, 4_000, 5, 2),
    /// Trained until little is left to gain, and with s = 10 too.
    FULL(60_000, 10_000, 20, 3);

    /// Digits to draw if the data are the built-in ones.
    final int trainingImages;

    final int testImages;

    /// Of the first network.
    final int epochs;

    /// Training runs of everything.
    final int runs;

    Budget(int trainingImages, int testImages, int epochs, int runs) {
      this.trainingImages = trainingImages;
      this.testImages = testImages;
      this.epochs = epochs;
      this.runs = runs;
    }

    /// The T that are measured.
    List<Integer> samples() {
      return switch (this) {
        case QUICK -> List.of(1, 2, 4, 8, 10, 16, 32);
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
              trained.mapToObj(Member::pdnn), IntStream.of(32, 8, 3, 1).mapToObj(Member::twin))
          .toList();
    }
  }

  /// Noise seeds.
  static final int SEEDS = 3;

  private static final Neuron PBIT = Neuron.parse("pbit:sigmoid");

  /// Training images of a search, at most; a third of them are measured on.
  private static final int SEARCHED = 3_000;

  private static final double LEARNING_RATE = 4e-3;

  /// The p-DNN trained with the most samples.
  Member most() {
    return budget.members().stream()
        .filter(Member::probabilistic)
        .max(Comparator.comparing(Member::samples))
        .orElseThrow(() -> new IllegalStateException("a study has a p-DNN"));
  }

  /// Of the networks that follow the first.
  int further() {
    return Math.ceilDiv(epochs, 2);
  }

  private Hyperparameters hyperparameters(int samples, int many, int run) {
    return Hyperparameters.paper()
        .withSamples(samples)
        .withEpochs(many)
        .withSchedule(Schedule.COSINE)
        .withLearningRate(LEARNING_RATE)
        .withFlip(data.name().equals("cifar10"))
        .withSeed(seed + run);
  }

  private TrainedNetwork first(int run) {
    return new TrainedNetwork(
        data.training(),
        preset,
        Neuron.deterministic(Activation.SIGMOID),
        hyperparameters(1, epochs, run),
        new Start.Fresh(InitialWeights.GLOROT));
  }

  TrainedNetwork trained(Member member, int run) {
    Neuron neuron = member.trained();
    boolean asIs = !neuron.random() && neuron.bits() >= 8;
    return new TrainedNetwork(
        data.training(),
        preset,
        neuron,
        hyperparameters(member.samples(), further(), run),
        asIs ? Start.Warm.asIs(first(run)) : new Start.Searched(first(run), search(neuron)));
  }

  /// Searched on the first training run, for all.
  private StartSearch search(Neuron neuron) {
    Images some = data.training().some(Math.min(SEARCHED, data.training().count()), seed);
    int learnt = some.count() * 2 / 3;
    return new StartSearch(
        first(0),
        preset,
        neuron,
        hyperparameters(1, 1, 0),
        some.slice(0, learnt),
        some.slice(learnt, some.count()));
  }

  private CurveByClass curve(Task task) {
    return new CurveByClass(
        new SampledCurve(
            trained(task.member(), task.run()),
            Optional.empty(),
            task.member().neuron(),
            SampledCurve.Place.SAME,
            data.test(),
            new Evaluation(
                budget.samples(),
                task.scheme(),
                Averaging.END,
                LastHidden.BITS,
                Outputs.LOGITS,
                seed,
                SEEDS),
            Precision.DEFAULT,
            new Imperfection.None()));
  }

  /// A member by a scheme.
  ///
  /// @param run of training, from 0
  private record Task(Member member, Scheme scheme, int run) {}

  /// p-DNNs by scrambled and by independent passes; twins once.
  private List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Member member : budget.members()) {
      for (int run = 0; run < budget.runs; run++) {
        tasks.add(new Task(member, Scheme.SCRAMBLED, run));
        if (member.probabilistic()) {
          tasks.add(new Task(member, Scheme.INDEPENDENT, run));
        }
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
                .map(this::curve)
                .toList());
    Path results = results(out);
    Files.deleteIfExists(results);
    List<StudyCurve> curves = new ArrayList<>();
    for (Task task : tasks()) {
      Path file = out.resolve("models").resolve(task.member().file(task.run()) + ".safetensors");
      Model model = model(sweep, task.member(), task.run(), learnt);
      StudyCurve curve = measured(findings, task, file, model);
      ResultFile.append(results, curve.result());
      curves.add(curve);
    }
    return curves;
  }

  /// The file of results in a study's folder.
  static Path results(Path out) {
    return out.resolve("results.jsonl");
  }

  /// A member of a training run whose cell is finished.
  Model model(Sweep sweep, Member member, int run, TrainedOn learnt) throws IOException {
    TrainedNetwork trained = trained(member, run);
    Neuron neuron = member.neuron();
    return new Model(
        TrainedNetwork.read(sweep.folder(trained)).network().withHiddenNeurons(_ -> neuron),
        InputForm.PIXELS,
        Optional.of(learnt),
        Map.of(
            "network", preset,
            "neuron", neuron.toString(),
            "training", trained.hyperparameters().toString(),
            "version", Environment.here().version()));
  }

  private StudyCurve measured(Findings findings, Task task, Path file, Model model)
      throws IOException {
    CurveByClass cell = curve(task);
    Entry entry = findings.entry(cell);
    CurveByClass.Result found = entry.result(CurveByClass.KIND);
    Provenance provenance =
        new Provenance(
            cell.sampled().evaluation(),
            Precision.DEFAULT.name(model.network()) + ", philox",
            Optional.of(model.write(file)),
            Optional.of(data.test().sha256()),
            entry.environment(),
            entry.time());
    return new StudyCurve(
        task.member(),
        task.scheme(),
        task.run(),
        new Result(
            file.toString(),
            data.test().name(),
            new Curve(found.measured().curve(), found.measured().deterministic()),
            found.grades(),
            provenance),
        found.classes());
  }
}
