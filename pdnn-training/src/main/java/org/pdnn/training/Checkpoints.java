package org.pdnn.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pdnn.files.AtomicFile;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Tensor;

/// The checkpoints of one training run: `checkpoint-STEP.safetensors` in a folder of their own, the
/// last two kept.
///
/// Each is a model file with the optimiser's state as two more tensors and carries a checksum; it
/// is written aside, forced to disk and renamed. A crash at any moment leaves at least one whole.
final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{1,18})\\.safetensors");
  private static final String MEAN = "optimiser.mean";
  private static final String VARIANCE = "optimiser.variance";
  private static final String RUN = "run";
  private static final int KEPT = 2;

  private final Path folder;
  private final String run;
  private final Consumer<String> notice;

  /// @param run what must be equal for a checkpoint to be continued: data, network, options
  /// @param notice receives a sentence on each damaged checkpoint
  Checkpoints(Path folder, String run, Consumer<String> notice) {
    this.folder = folder;
    this.run = run;
    this.notice = notice;
  }

  /// A moment of a training run.
  ///
  /// @param step steps made so far
  /// @param others tensors of other networks that learn with this one
  record State(
      long step, Network network, Tensor mean, Tensor variance, Map<String, Tensor> others) {

    /// A network that learns alone.
    State(long step, Network network, Tensor mean, Tensor variance) {
      this(step, network, mean, variance, Map.of());
    }
  }

  void save(State state) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(state.network().tensors());
    tensors.put(MEAN, state.mean());
    tensors.put(VARIANCE, state.variance());
    tensors.putAll(state.others());
    Path file = folder.resolve("checkpoint-%s.safetensors".formatted(state.step()));
    new Model(state.network(), Map.of(RUN, run)).write(file, tensors);
    for (Path old : newestFirst().stream().skip(KEPT).toList()) {
      Files.deleteIfExists(old);
    }
  }

  /// The newest checkpoint that is whole.
  ///
  /// @throws IOException if there are checkpoints, but of another run
  Optional<State> latest() throws IOException {
    removeLeftovers();
    for (Path file : newestFirst()) {
      Safetensors contents;
      Model model;
      try {
        contents = Safetensors.read(file);
        model = Model.of(file, contents);
      } catch (IOException e) {
        notice.accept(e.getMessage() + "; trying the checkpoint before it");
        continue;
      }
      if (!run.equals(model.notes().get(RUN))) {
        throw new IOException(
            "%s is of another run (%s) than this one (%s); use its options or another --out"
                .formatted(file, model.notes().get(RUN), run));
      }
      Tensor mean = contents.tensors().get(MEAN);
      Tensor variance = contents.tensors().get(VARIANCE);
      if (mean == null || variance == null) {
        notice.accept(file + " has no optimiser state; trying the checkpoint before it");
        continue;
      }
      Map<String, Tensor> others = new LinkedHashMap<>(contents.tensors());
      others.keySet().removeAll(model.network().tensors().keySet());
      others.keySet().removeAll(List.of(MEAN, VARIANCE));
      return Optional.of(new State(step(file), model.network(), mean, variance, others));
    }
    return Optional.empty();
  }

  /// Removes all checkpoints and, if it is then empty, their folder.
  void clear() throws IOException {
    removeLeftovers();
    for (Path file : newestFirst()) {
      Files.deleteIfExists(file);
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> rest = Files.list(folder)) {
        if (rest.findAny().isEmpty()) {
          Files.delete(folder);
        }
      }
    }
  }

  private void removeLeftovers() throws IOException {
    if (Files.isDirectory(folder)) {
      AtomicFile.removeLeftovers(folder);
    }
  }

  private List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
          .toList();
    }
  }

  private static long step(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
