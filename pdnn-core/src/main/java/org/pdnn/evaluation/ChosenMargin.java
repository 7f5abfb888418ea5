package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.pdnn.files.JsonFields;
import org.pdnn.files.JsonFile;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

/// A margin as `early-stop --changed-at-most` wrote it, with what it holds for: the promise is that
/// of one model, run in one way.
///
/// @param modelSha256 hash of the model's file
public record ChosenMargin(
    MarginStop rule, String modelSha256, Scheme scheme, LastHidden last, Precision precision) {
  /// Reads a result of `early-stop` in JSON.
  ///
  /// @throws IOException in one sentence with the file, if it holds no margin or several
  public static ChosenMargin read(Path file) throws IOException {
    return JsonFile.read(file, "result of early-stop", ChosenMargin::fromJson);
  }

  private static ChosenMargin fromJson(JsonNode json) {
    List<JsonNode> margins =
        json.path("stops").valueStream().filter(stop -> stop.has("margin")).toList();
    if (margins.size() != 1) {
      throw new IllegalArgumentException(
          "there must be one margin, got %s; make the file by early-stop --changed-at-most E --format json"
              .formatted(margins.isEmpty() ? "none" : margins.size()));
    }
    JsonNode stop = margins.getFirst();
    JsonNode made = json.path("provenance");
    return new ChosenMargin(
        new MarginStop(
            JsonFields.number(stop, "changedAtMost"),
            JsonFields.number(stop, "margin"),
            JsonFields.integer(json, "samples")),
        JsonFields.text(made, "modelSha256"),
        Scheme.parse(JsonFields.text(made, "scheme")),
        JsonFields.constant(made, "last", LastHidden.class),
        Precision.named(JsonFields.text(made, "sampler")));
  }

  /// Checks that the promise is that of a model and its run.
  ///
  /// @throws IllegalArgumentException naming what differs
  public void requireFor(String model, Run run, Precision computed) {
    require("the model", modelSha256, model);
    require("--samples", rule.longest(), run.samples());
    require("--scheme", scheme, run.scheme());
    require("--last", last, run.last());
    require("--weights", precision.weights(), computed.weights());
  }

  private static void require(String what, Object chosen, Object asked) {
    if (!Objects.equals(chosen, asked)) {
      throw new IllegalArgumentException(
          "the margin was chosen for other passes: %s differs; choose one for these by early-stop"
              .formatted(what));
    }
  }
}
