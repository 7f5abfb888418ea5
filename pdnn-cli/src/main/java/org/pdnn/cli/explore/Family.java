package org.pdnn.cli.explore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pdnn.cli.study.StudiedNetworks;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.tradeoff.Comparison;

/// A p-DNN and the deterministic networks that it is compared with.
///
/// @param origin what they are, a sentence
/// @param twins none for those that the p-DNN has by itself, at 32, 8, 3, 2 and 1 bits
record Family(Model pdnn, List<Network> twins, String origin) {
  /// Networks from files: the p-DNN first.
  ///
  /// @throws IllegalArgumentException if the first is deterministic or a further one is not, or
  ///   they read images in other forms
  static Family of(List<ModelFile> files) {
    Model pdnn = files.getFirst().model();
    if (!pdnn.network().random()) {
      throw new IllegalArgumentException(
          "%s has no p-bits; name the p-DNN first, and make one by pdnn convert or pdnn train"
              .formatted(files.getFirst().path()));
    }
    List<ModelFile> others = files.subList(1, files.size());
    for (ModelFile other : others) {
      if (other.network().random()) {
        throw new IllegalArgumentException(
            other.path() + " has p-bits; name one p-DNN, and after it deterministic networks");
      }
      if (!other.model().input().equals(pdnn.input())
          || !other.network().input().equals(pdnn.network().input())) {
        throw new IllegalArgumentException(
            "%s does not read images as %s does".formatted(other.path(), files.getFirst().path()));
      }
    }
    String names =
        files.stream()
            .map(file -> String.valueOf(file.path().getFileName()))
            .collect(Collectors.joining(", "));
    return new Family(
        pdnn,
        others.stream().map(ModelFile::network).toList(),
        others.isEmpty() ? names + "; its twins are not retrained" : names);
  }

  /// The networks of a study.
  static Family of(StudiedNetworks studied) {
    return new Family(studied.pdnn(), studied.twins(), studied.origin());
  }

  /// All of them, to be tried on the same inputs.
  ///
  /// @param evaluations of the p-DNN
  Comparison comparison(List<Evaluation> evaluations) {
    Comparison all = new Comparison();
    if (twins.isEmpty()) {
      all.addDeterministic("twin", pdnn.network()).addFewBits("twin", pdnn.network());
    }
    for (Network twin : twins) {
      all.add("twin", twin, Evaluation.once());
    }
    evaluations.forEach(evaluation -> all.add("p-DNN", pdnn.network(), evaluation));
    return all;
  }

  static List<ModelFile> read(List<Path> paths) throws IOException {
    List<ModelFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(ModelFile.read(path));
    }
    return files;
  }
}
