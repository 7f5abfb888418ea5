package org.pdnn.cli.tradeoff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Grades;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// What files of results measured on one set of data. Of a model that was measured twice in the
/// same setting the last measurement counts; models that were trained alike from different seeds
/// are the training runs of one trial.
///
/// @param data its name
/// @param mostFrequent share of the most frequent class; 1 if no line tells
/// @param seeds the fewest noise seeds of a point where anything is drawn
public record MeasuredTrials(
    List<Trial> trials, String data, Optional<String> dataSha256, double mostFrequent, int seeds) {
  public MeasuredTrials {
    trials = List.copyOf(trials);
  }

  /// A model in a setting: what is measured twice is one of them.
  private record Run(Optional<String> modelSha256, Setting setting) {}

  /// Reads results with the networks that they are of.
  ///
  /// @param remarks told which lines are left out, a sentence each
  /// @throws IOException in one sentence if a file or a model cannot be read
  /// @throws IllegalArgumentException if they are of different data
  public static MeasuredTrials read(
      List<Path> files, MeasuredNetworks networks, Consumer<String> remarks) throws IOException {
    List<ResultFile.Line> lines = new ArrayList<>();
    for (Path file : files) {
      List<ResultFile.Line> read = ResultFile.read(file, remarks);
      if (read.isEmpty()) {
        throw new IOException(file + " holds no results");
      }
      lines.addAll(read);
    }
    requireSameData(lines);
    SequencedMap<Run, Trial> runs = new LinkedHashMap<>();
    SequencedMap<Run, Setting> alike = new LinkedHashMap<>();
    for (ResultFile.Line line : lines) {
      Trial trial = Trial.of(line, networks.of(line));
      Run run = new Run(line.provenance().modelSha256(), trial.setting());
      runs.put(run, trial);
      alike.put(run, trial.setting().withModel(networks.training(line)));
    }
    Map<Setting, List<Trial>> joined = new LinkedHashMap<>();
    runs.forEach(
        (run, trial) -> joined.computeIfAbsent(alike.get(run), _ -> new ArrayList<>()).add(trial));
    return new MeasuredTrials(
        joined.values().stream().map(Trial::joined).toList(),
        lines.getFirst().data(),
        lines.getFirst().provenance().dataSha256(),
        lines.stream()
            .flatMap(line -> line.grades().stream())
            .mapToDouble(Grades::mostFrequent)
            .findFirst()
            .orElse(1),
        lines.stream()
            .filter(line -> line.scheme().isPresent())
            .mapToInt(line -> line.provenance().seeds())
            .min()
            .orElse(Estimate.FEWEST_REPETITIONS));
  }

  private static void requireSameData(List<ResultFile.Line> lines) {
    List<String> data =
        lines.stream()
            .map(line ->
                line.data() + line.provenance().dataSha256().map(MeasuredTrials::brief).orElse(""))
            .distinct()
            .toList();
    if (data.size() > 1) {
      throw new IllegalArgumentException(
          "accuracies on different data cannot be compared; name results of one of these: "
              + String.join(", ", data));
    }
  }

  private static String brief(String sha256) {
    return " (SHA-256 %.8s...)".formatted(sha256);
  }

  /// The question for each width of weights, those with the most trials first: only equal widths
  /// are compared.
  public List<Question> questions(double tolerance) {
    SequencedMap<Precision, List<Trial>> widths = new LinkedHashMap<>();
    for (Trial trial : trials) {
      widths.computeIfAbsent(trial.setting().weights(), _ -> new ArrayList<>()).add(trial);
    }
    return widths.values().stream()
        .sorted((one, other) -> other.size() - one.size())
        .map(all -> new Question(all, mostFrequent, tolerance))
        .toList();
  }
}
