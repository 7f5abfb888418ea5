package org.pdnn.cli.study;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.display.Notice;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.files.Sha256;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Preset;
import org.pdnn.network.TrainedOn;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Workers;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.StepResult;
import org.pdnn.training.Trainer;
import org.pdnn.training.TrainingProgress;

/// Runs a study: trains its networks side by side, one thread each, then measures them.
final class Laboratory {
  private final Study study;
  private final DataSet data;
  private final TrainedOn learnt;
  private final String network;
  private final long seed;
  private final int threads;
  private final Path out;

  /// @param learnt what the networks will remember of the data
  Laboratory(
      Study study,
      DataSet data,
      TrainedOn learnt,
      String network,
      long seed,
      int threads,
      Path out) {
    this.study = study;
    this.data = data;
    this.learnt = learnt;
    this.network = network;
    this.seed = seed;
    this.threads = threads;
    this.out = out;
  }

  /// Trains and measures everything; models and results.jsonl lie in the study's folder then.
  List<Finding> run(PrintWriter err) throws IOException {
    List<Network> trained = train(err);
    Path results = out.resolve("results.jsonl");
    Files.deleteIfExists(results);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < trained.size(); i++) {
      Study.Contestant contestant = study.contestants().get(i);
      List<Scheme> schemes =
          contestant.probabilistic()
              ? List.of(Scheme.SCRAMBLED, Scheme.INDEPENDENT)
              : List.of(Scheme.SCRAMBLED);
      for (Scheme scheme : schemes) {
        Finding finding = measure(contestant, trained.get(i), scheme);
        ResultFile.append(results, finding.result());
        findings.add(finding);
      }
    }
    return findings;
  }

  private List<Network> train(PrintWriter err) throws IOException {
    Images training = data.training();
    int count = study.contestants().size();
    Network[] trained = new Network[count];
    long work = study.contestants().stream().mapToLong(Study.Contestant::samples).sum();
    try (Display display =
        new Display("Training", "passes", work * study.epochs() * training.count())) {
      AtomicLong done = new AtomicLong();
      // The longest first, so that no thread waits for it alone at the end.
      List<Study.Contestant> order = new ArrayList<>(study.contestants());
      order.sort((a, b) -> b.samples() - a.samples());
      Workers.forEach(
          count,
          threads,
          () ->
              i -> {
                Study.Contestant contestant = order.get(i);
                trained[study.contestants().indexOf(contestant)] =
                    train(contestant, training, progress(contestant, display, done, err));
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Arrays.asList(trained);
  }

  private Network train(
      Study.Contestant contestant, Images training, TrainingProgress<StepResult> progress) {
    Hyperparameters hyperparameters =
        new Hyperparameters(
            contestant.samples(),
            study.epochs(),
            64,
            1e-3,
            data.name().equals("cifar10"),
            Outputs.LOGITS,
            seed);
    Network initial =
        InitialWeights.GLOROT.of(
            Preset.network(network, training.shape(), training.classes(), contestant.neuron()),
            seed);
    Path file = file(contestant);
    Map<String, String> notes =
        Map.of(
            "network", network,
            "neuron", contestant.neuron().toString(),
            "training", hyperparameters.toString(),
            "version", Environment.here().version());
    Trainer trainer =
        new Trainer(hyperparameters)
            .threads(1)
            .progress(progress)
            .checkpoints(
                file.resolveSibling(file.getFileName() + ".checkpoints"),
                Duration.ofSeconds(60),
                true);
    try {
      Model model = new Model(initial, InputForm.PIXELS, Optional.of(learnt), notes);
      Optional<Network> kept = kept(file, model);
      if (kept.isPresent()) {
        progress.notice("kept from an earlier run of the same study: " + file);
        progress.batch(study.epochs(), training.count(), training.count(), StepResult.NONE);
        return kept.get();
      }
      Network trained = trainer.train(initial, training);
      new Model(trained, model.input(), model.trainedOn(), notes).write(file);
      trainer.forget();
      return trained;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A network that was trained for the very same study, as its notes tell; interrupted studies go
  /// on from what they have.
  private static Optional<Network> kept(Path file, Model wanted) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Model model = Model.read(file);
    boolean same =
        model.notes().equals(wanted.notes()) && model.trainedOn().equals(wanted.trainedOn());
    return same ? Optional.of(model.network()) : Optional.empty();
  }

  private Path file(Study.Contestant contestant) {
    return out.resolve("models").resolve(contestant.file() + ".safetensors");
  }

  private static TrainingProgress<StepResult> progress(
      Study.Contestant contestant, Display display, AtomicLong done, PrintWriter err) {
    return new TrainingProgress<StepResult>() {
      private long before;

      @Override
      public void batch(int epoch, long seen, long images, StepResult soFar) {
        long now = (epoch - 1) * images + seen;
        display.to(done.addAndGet((now - before) * contestant.samples()));
        before = now;
      }

      @Override
      public void epoch(int epoch, StepResult learnt, StepResult validation) {
        display.message(
            "%s, epoch %d: loss %.3f, accuracy %.2f %%"
                .formatted(contestant.name(), epoch, learnt.loss(), 100 * learnt.accuracy()));
      }

      @Override
      public void notice(String sentence) {
        Notice.tell(err, contestant.name() + ": " + sentence);
      }
    };
  }

  private Finding measure(Study.Contestant contestant, Network trained, Scheme scheme)
      throws IOException {
    Evaluation evaluation =
        new Evaluation(
            study.samples(),
            scheme,
            Averaging.END,
            LastHidden.BITS,
            Outputs.LOGITS,
            seed,
            study.seeds());
    Precision precision = trained.random() ? Precision.DEFAULT : Precision.REAL;
    Measured measured;
    try (Display display =
        new Display("Measuring " + contestant.name(), "images", data.test().count())) {
      measured =
          evaluation.measured(
              trained,
              precision,
              LabelledInputs.of(data.test()),
              Philox::new,
              threads,
              display::to);
    }
    Provenance provenance =
        new Provenance(
            evaluation,
            precision.sampler() + ", philox",
            Optional.of(Sha256.of(file(contestant))),
            Optional.of(data.test().sha256()),
            Environment.here(),
            Instant.now());
    return new Finding(
        contestant,
        trained,
        scheme,
        new Result(file(contestant).toString(), data.test().name(), measured.curve(), provenance),
        measured.confusion());
  }
}
