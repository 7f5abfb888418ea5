package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pdnn.files.JsonFields;
import org.pdnn.names.Limits;
import org.pdnn.names.Printable;

/// The data that a network learnt from.
///
/// @param data what the user called it: the name of a set, or a folder
/// @param trainingSha256 hash of the training images, in hexadecimal
/// @param testSha256 hash of the test images beside them, if known
/// @param classes the names of the classes, in the order of the network's outputs
/// @param validation which of the training images it did not learn from, if known
public record TrainedOn(
    String data,
    String trainingSha256,
    Optional<String> testSha256,
    List<String> classes,
    Optional<Validation> validation) {
  /// Training images that were held out: the last ones of the order that a seed gives them, each
  /// class in its share.
  ///
  /// @param images how many
  public record Validation(int images, long seed) {
    public Validation {
      Limits.atLeast("validation images", 0, images);
    }
  }

  private static final int LONGEST_NAME = 4096;
  private static final int MOST_CLASSES = 1 << 16;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /// @throws IllegalArgumentException if a hash is none, or there are no or too many classes
  public TrainedOn {
    classes = List.copyOf(classes);
    requireName("data", data);
    requireHash(trainingSha256);
    testSha256.ifPresent(TrainedOn::requireHash);
    Limits.between("classes", 1, MOST_CLASSES, classes.size());
    classes.forEach(name -> requireName("the name of a class", name));
  }

  /// A network of which it is not known what it did not learn from.
  public TrainedOn(
      String data, String trainingSha256, Optional<String> testSha256, List<String> classes) {
    this(data, trainingSha256, testSha256, classes, Optional.empty());
  }

  /// The same with the images that were held out.
  public TrainedOn withValidation(int images, long seed) {
    return new TrainedOn(
        data, trainingSha256, testSha256, classes, Optional.of(new Validation(images, seed)));
  }

  private static void requireName(String what, String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "%s must have 1 to %s characters, got %s".formatted(what, LONGEST_NAME, name.length()));
    }
  }

  private static void requireHash(String hash) {
    if (!SHA256.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "a SHA-256 has 64 hexadecimal digits, got '%s'".formatted(Printable.of(hash)));
    }
  }

  /// `{"data":"mnist","trainingSha256":"...","testSha256":"...","validation":{"images":2000,
  /// "seed":1},"classes":["0",...]}`; what is unknown has no key.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("data", data).put("trainingSha256", trainingSha256);
    testSha256.ifPresent(hash -> json.put("testSha256", hash));
    validation.ifPresent(
        held -> json.putObject("validation").put("images", held.images()).put("seed", held.seed()));
    classes.forEach(json.putArray("classes")::add);
    return json;
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  static TrainedOn fromJson(JsonNode json) {
    JsonNode classes = json.path("classes");
    if (!classes.isArray() || !classes.valueStream().allMatch(JsonNode::isTextual)) {
      throw new IllegalArgumentException("'classes' is not a list of texts");
    }
    return new TrainedOn(
        JsonFields.text(json, "data"),
        JsonFields.text(json, "trainingSha256"),
        JsonFields.optionalText(json, "testSha256"),
        classes.valueStream().map(JsonNode::textValue).toList(),
        json.has("validation")
            ? Optional.of(
                new Validation(
                    JsonFields.integer(json.path("validation"), "images"),
                    JsonFields.longInteger(json.path("validation"), "seed")))
            : Optional.empty());
  }
}
