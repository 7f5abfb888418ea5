package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Environment;
import org.pdnn.explorer.Explored;
import org.pdnn.network.Model;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Trial;

/// What a page of the explorer shows besides its numbers: images to begin with, and where all came
/// from.
public final class ExplorerPage {
  /// Images to begin with, each of another class.
  private static final int EXAMPLES = 10;

  private ExplorerPage() {}

  /// A p-DNN and what was measured of it and its twins.
  ///
  /// @param origin what the networks are, a phrase
  /// @param stored images as bytes are kept
  /// @param read the same as the network reads them
  /// @param measured those of them that accuracies are of
  public static Explored of(
      Model pdnn,
      String origin,
      Images stored,
      Images read,
      Images measured,
      List<Question> questions,
      Technology technology,
      long seed) {
    return new Explored(
        pdnn,
        stored.shape(),
        read.classNames(),
        examples(stored, read),
        questions,
        technology,
        seed,
        provenance(origin, measured, questions.getFirst()));
  }

  /// The first image of each class.
  private static List<Explored.Example> examples(Images stored, Images read) {
    List<Explored.Example> examples = new ArrayList<>();
    float[] values = new float[stored.shape().size()];
    for (int label = 0; label < Math.min(EXAMPLES, read.classes()); label++) {
      int wanted = label;
      IntStream.range(0, read.count())
          .filter(index -> read.label(index) == wanted)
          .findFirst()
          .ifPresent(index -> {
            stored.read(index, values, 0);
            examples.add(
                new Explored.Example(
                    wanted,
                    IntStream.range(0, values.length)
                        .mapToObj(i -> Math.round(255 * values[i]))
                        .toList()));
          });
    }
    return examples;
  }

  private static Map<String, String> provenance(String origin, Images measured, Question question) {
    int seeds =
        question.trials().stream()
            .filter(Trial::random)
            .flatMap(trial -> trial.runs().stream())
            .mapToInt(run -> run.seeds())
            .min()
            .orElseThrow();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("networks", origin);
    all.put(
        "accuracy",
        "%s images of %s, %s noise seeds, logits averaged"
            .formatted(measured.count(), measured.name(), seeds));
    all.put("dataSha256", measured.sha256());
    all.put("energy", "predicted, convention strict");
    all.put("version", Environment.here().version());
    return all;
  }
}
