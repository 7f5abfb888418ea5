package org.pdnn.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.explorer.Explorer;
import org.pdnn.network.ModelFile;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Trial;

/// The explorer's page of a study: its p-DNN trained with the most samples, beside its twins, of
/// the first training run. It shows what the study measured, and measures nothing itself.
record StudyExplorer(Study study, List<StudyCurve> curves) {
  /// Its name, in the study's folder.
  static final String FILE = "explorer.html";

  /// The models that it shows, the p-DNN first, seen from the study's folder.
  List<String> models() {
    return Stream.concat(
            curves.stream().filter(one -> one.member().equals(study.most())),
            curves.stream().filter(one -> !one.probabilistic()))
        .filter(one -> one.run() == 0)
        .map(one -> "models/%s.safetensors".formatted(one.name()))
        .distinct()
        .toList();
  }

  /// Writes the page.
  ///
  /// @return whether a page can run the network on such images; if not, there is none
  boolean write(Technology technology, Path out) throws IOException {
    Images test = study.data().test();
    if (test.shape().dimension(0) != 1) {
      return false;
    }
    Question question =
        new Question(
            trials(out),
            curves.getFirst().result().grades().getFirst().mostFrequent(),
            Question.TOLERANCE);
    try {
      Explorer.write(
          ExplorerPage.of(
              ModelFile.read(out.resolve(models().getFirst())).model(),
              "%s of a study on %s, its first training run; the study's report is of all"
                  .formatted(study.preset(), study.data().name()),
              test,
              test,
              test,
              List.of(question),
              technology,
              study.seed()),
          out.resolve(FILE));
      return true;
    } catch (IllegalArgumentException cannotBeShown) {
      return false;
    }
  }

  /// What the study measured of these models; its results hold others, and their runs.
  private List<Trial> trials(Path out) throws IOException {
    Set<String> shown =
        models().stream().map(out::resolve).map(Path::toString).collect(Collectors.toSet());
    MeasuredNetworks networks = new MeasuredNetworks(List.of());
    List<Trial> trials = new ArrayList<>();
    for (ResultFile.Line line : ResultFile.read(Study.results(out), _ -> {})) {
      if (shown.contains(line.model()) && !line.twin()) {
        trials.add(Trial.of(line, networks.of(line)));
      }
    }
    return trials;
  }
}
