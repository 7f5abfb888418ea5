package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.cli.option.Assumptions;
import org.pdnn.cli.tradeoff.MeasuredTrials;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.cli.tradeoff.TradeoffDocument;
import org.pdnn.cli.tradeoff.VerdictDocument;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.CurveByClass.ClassAnswers;
import org.pdnn.names.Counted;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Commands;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Interval;
import org.pdnn.report.Link;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Tradeoff;
import org.pdnn.tradeoff.Trial;

/// What a study found: the answer, its evidence, all its numbers.
///
/// @param curves of at least one p-DNN and the deterministic networks
/// @param measured the same as the study's file of results has it
/// @param explored a page beside the report, if one can run the network
record StudyDocument(
    Study study,
    Technology technology,
    List<StudyCurve> curves,
    MeasuredTrials measured,
    Optional<StudyExplorer> explored) {
  /// Rows of the table of classes, beyond which nobody reads it.
  private static final int MOST_CLASSES = 100;

  Document document() {
    Pricing pricing = Pricing.strict(technology);
    ModelNames names = ModelNames.of(measured.trials());
    TradeoffDocument found =
        new TradeoffDocument(
            Tradeoff.of(measured.trials().stream().map(pricing::of).toList()),
            measured.seeds(),
            names);
    Document document =
        new Document(
            "%s on %s: more samples or more bits?".formatted(study.preset(), study.data().name()));
    document.add(found.table().only(Form.TEXT));
    new VerdictDocument(measured.questions(Question.TOLERANCE).getFirst(), pricing, names)
        .addTo(document, measured.seeds());
    StudyFigures figures = new StudyFigures(study, curves);
    document
        .add(comparisons().only(Form.TEXT, Form.JSON, Form.PAGE))
        .add(figures.accuracyAgainstSamples())
        .add(figures.samplesWorth())
        .add(method().only(Form.PAGE))
        .add(found.table().only(Form.JSON, Form.CSV, Form.PAGE))
        .fact("curves", curves.stream().map(StudyDocument::json).toList());
    if (study.data().test().classes() <= MOST_CLASSES) {
      document.add(classes().only(Form.PAGE));
    }
    document.add(pictures());
    explored.ifPresent(page -> {
      document.add(
          new Link(
                  "Try it",
                  "Draw an image, and watch the passes of %s arrive".formatted(study.most().file()),
                  StudyExplorer.FILE)
              .only(Form.PAGE));
      document.add(
          new Commands(
                  "With other bits of weights, in the folder of this study",
                  List.of("pdnn explore " + String.join(" ", page.models())))
              .only(Form.PAGE));
    });
    new Assumptions(
            technology,
            pricing.convention(),
            pricing.convention().toString(),
            pricing.assumptions())
        .addTo(document);
    document
        .provenance("data", study.data().name())
        .provenance("network", study.preset())
        .provenance("epochs", study.epochs())
        .provenance("furtherEpochs", study.further())
        .provenance("trainingRuns", study.budget().runs);
    curves
        .getFirst()
        .result()
        .provenance()
        .toJson()
        .properties()
        .forEach(entry -> document.provenance(entry.getKey(), entry.getValue()));
    return document;
  }

  private static Map<String, Object> json(StudyCurve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", curve.name());
    json.put("trainingRun", curve.run() + 1);
    json.put("result", curve.result().toJson());
    return json;
  }

  /// A p-DNN against fewer bits, as the paper has it.
  private record Pair(int samples, int bits, Trial one, Trial other) {
    Estimate difference() {
      return one.minus(other);
    }
  }

  /// The paper's own comparisons: a sample against 32 bits, two against one bit, ten against three,
  /// for the p-DNN trained with the most samples.
  private Table comparisons() {
    List<Pair> pairs = new ArrayList<>();
    for (int[] pair : new int[][] {{1, 32}, {2, 1}, {10, 3}}) {
      Optional<Trial> one = scrambled(pair[0]);
      Optional<Trial> other = deterministic(pair[1]);
      if (one.isPresent() && other.isPresent()) {
        pairs.add(new Pair(pair[0], pair[1], one.get(), other.get()));
      }
    }
    String over =
        pairs.isEmpty()
            ? ""
            : " over " + VerdictDocument.over(pairs.getFirst().one(), pairs.getFirst().other());
    return new Rows<>(pairs)
        .add("samples", "T", Pair::samples)
        .add("activationBits", "bits", Pair::bits)
        .add(Column.percent("samplesAccuracy", "samples"), pair -> pair.one().accuracy().value())
        .add(Column.percent("bitsAccuracy", "bits"), pair -> pair.other().accuracy().value())
        .add(
            Column.of("difference", "difference").in("points").times(100).as("%+.2f"),
            pair -> pair.difference().value())
        .add(Column.shown("95 %").times(100).as("%+.2f"), pair -> Interval.of(pair.difference()))
        .add(Column.kept("differenceLow"), pair -> pair.difference().low())
        .add(Column.kept("differenceHigh"), pair -> pair.difference().high())
        .table(
            "comparisons",
            "The paper's comparisons",
            "The paper has one sample match 32 bits, two beat one bit, ten match three. Here: the"
                + " p-DNN trained with s = %s,%s.".formatted(study.most().samples(), over));
  }

  private Optional<Trial> scrambled(int samples) {
    return measured.trials().stream()
        .filter(one -> one.setting().model().endsWith(study.most().file() + ".safetensors"))
        .filter(one -> one.setting().scheme().equals(Optional.of(Scheme.SCRAMBLED)))
        .filter(one -> one.setting().samples() == samples)
        .findFirst();
  }

  private Optional<Trial> deterministic(int bits) {
    return measured.trials().stream()
        .filter(one -> one.setting().model().endsWith("deterministic-" + bits + "bit.safetensors"))
        .findFirst();
  }

  private Prose method() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        ("A p-DNN's hidden neurons give one random bit each; the outputs of T passes are averaged."
                + " In each of %s a deterministic network (%s) learns for %s from %,d images of %s;"
                + " then all that are compared, itself included, follow it for %s, each kind of"
                + " neuron from the start that served it best of nine on training images. Tested"
                + " on %,d others with %d noise seeds, all with 8-bit weights and inputs. s is the"
                + " number of samples averaged in the loss; eight-bit activations are put into the"
                + " network of 32 bits.")
            .formatted(
                Counted.of(study.budget().runs, "training run"),
                study.preset(),
                Counted.of(study.epochs(), "epoch"),
                study.data().training().count(),
                study.data().name(),
                Counted.of(study.further(), "further epoch"),
                study.data().test().count(),
                Study.SEEDS));
    paragraphs.add(
        "Scrambled samples: two random words per neuron and input serve all passes. Independent"
            + " samples: as in the paper (Ghantasala et al., npj Unconventional Computing 3:18,"
            + " 2026).");
    if (!study.data().note().isEmpty()) {
      paragraphs.add(study.data().note());
    }
    return new Prose("What was measured", paragraphs);
  }

  /// A column for each network of the first training run; of a p-DNN, its scrambled samples.
  private Table classes() {
    List<StudyCurve> compared =
        curves.stream().filter(one -> one.run() == 0 && one.scheme() == Scheme.SCRAMBLED).toList();
    List<String> names = study.data().test().classNames();
    Rows<Integer> rows =
        new Rows<>(IntStream.range(0, names.size()).boxed().toList())
            .add("class", "Class", names::get)
            .add(
                "images",
                "Images",
                // A deterministic network answers each image once.
                label -> compared.getLast().classes().get(label).answers());
    for (StudyCurve one : compared) {
      rows.add(
          Column.percent("accuracy/" + one.member().file(), one.name()),
          label -> share(one.classes().get(label)));
    }
    return rows.table(
        "classes",
        "Accuracy by class",
        "Scrambled samples at T = %s; deterministic networks at T = 1; first training run."
            .formatted(study.budget().samples().getLast()));
  }

  private static Optional<Double> share(ClassAnswers answers) {
    return answers.answers() == 0
        ? Optional.empty()
        : Optional.of((double) answers.right() / answers.answers());
  }

  private Pictures pictures() {
    Images images = study.data().test();
    int channels = images.shape().dimension(0);
    int height = images.shape().dimension(1);
    int width = images.shape().dimension(2);
    float[] values = new float[images.shape().size()];
    List<Picture> pictures = new ArrayList<>();
    for (int index = 0; index < Math.min(12, images.count()); index++) {
      images.read(index, values, 0);
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        // Planes one after the other become pixels one after the other.
        int at = i % (height * width) * channels + i / (height * width);
        bytes[at] = (byte) Math.round(255 * values[i]);
      }
      String caption = images.classNames().get(images.label(index));
      pictures.add(
          channels == 1
              ? Picture.grey(width, height, bytes, caption)
              : Picture.rgb(width, height, bytes, caption));
    }
    return new Pictures(
        "test-images",
        "Test images",
        "The first images of the test set, with their class.",
        pictures);
  }
}
