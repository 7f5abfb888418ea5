package org.pdnn.cli.evaluate;

import java.time.Instant;
import java.util.Optional;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.GeneratorOption;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.LongRuns;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.Provenance;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;
import org.pdnn.report.Document;
import org.pdnn.sampling.Precision;

/// A model, the images that it is measured on, and how.
///
/// @param name what results call the model
/// @param sha256 of its file
/// @param words the random words
/// @param set as the model reads it
/// @param validation its training images that the model did not learn from, if it says which
/// @param images those of the set that are looked at
record Subject(
    String name,
    String sha256,
    Network network,
    Precision precision,
    GeneratorOption.Words words,
    DataSet set,
    Optional<Images> validation,
    Images images,
    Evaluation evaluation,
    int threads) {
  Measured measured() {
    try (Display display = new Display("Evaluating", "images", images.count())) {
      return evaluation.measured(
          network, precision, LabelledInputs.of(images), words.seeded(), threads, display::to);
    }
  }

  /// The images, each run to the longest T.
  LongRuns longRuns() {
    return longRuns(images);
  }

  /// The images that margins are chosen on: those that the model held out, or all that it may have
  /// learnt from. Never those of the test.
  Images calibration() {
    return validation.orElseGet(set::training);
  }

  LongRuns longRuns(Images others) {
    return new LongRuns(
        evaluation, network, precision, LabelledInputs.of(others), words.seeded(), threads);
  }

  Provenance provenance() {
    return new Provenance(
        evaluation,
        precision.name(network) + ", " + words.name(),
        Optional.of(sha256),
        Optional.of(images.sha256()),
        Environment.here(),
        Instant.now());
  }

  /// A document that says what was measured.
  Document document(String title) {
    Document document = new Document(title).fact("model", name).fact("data", images.name());
    provenance()
        .toJson()
        .properties()
        .forEach(entry -> document.provenance(entry.getKey(), entry.getValue()));
    return document;
  }

  /// The document with what a reader should know of its test images.
  Document noted(Document document) {
    int all = set.test().count();
    if (images.count() < all) {
      document.sentence(
          "%d of %s, stratified by class."
              .formatted(images.count(), Counted.of(all, "test image")));
    }
    return set.note().isEmpty() ? document : document.sentence(set.note());
  }
}
