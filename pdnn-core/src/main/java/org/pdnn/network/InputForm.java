package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.files.JsonFields;
import org.pdnn.names.Choice;

/// How an image becomes the input of a network: the order of the axes, and (x - mean) / std of each
/// channel, where x is a pixel in [0, 1].
///
/// @param axes the order in which the network reads an image's values
/// @param mean one number for each channel, one for all, or none if pixels are read as they are;
///   each from -1 to 1
/// @param std as many numbers as `mean`, each from 1e-6 to 1e6
public record InputForm(Axes axes, List<Float> mean, List<Float> std) {
  /// Pixels in [0, 1], (channels, height, width).
  public static final InputForm PIXELS = new InputForm(Axes.CHANNELS_FIRST, List.of(), List.of());

  private static final int MOST_CHANNELS = 1024;
  private static final float LEAST_STD = 1e-6f;

  /// The order of an image's axes.
  public enum Axes {
    /// (channels, height, width), as in PyTorch.
    CHANNELS_FIRST,

    /// (height, width, channels), as in Keras.
    CHANNELS_LAST;

    /// Reads `channels-first` or `channels-last`.
    public static Axes parse(String notation) {
      return Choice.parse(Axes.class, "order of axes", notation);
    }

    @Override
    public String toString() {
      return Choice.name(this);
    }
  }

  /// @throws IllegalArgumentException if a number is out of range, or means and stds differ in
  ///   number
  public InputForm {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size() || mean.size() > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "mean and std must have one number for each channel, %s at most, got %s and %s"
              .formatted(MOST_CHANNELS, mean.size(), std.size()));
    }
    for (float value : mean) {
      if (!(Math.abs(value) <= 1)) {
        throw new IllegalArgumentException(
            "mean must be -1 to 1, as pixels are 0 to 1, got %s; divide what is meant for bytes by 255"
                .formatted(value));
      }
    }
    for (float value : std) {
      if (!(value >= LEAST_STD && value <= 1 / LEAST_STD)) {
        throw new IllegalArgumentException(
            "std must be %s to %s, got %s".formatted(LEAST_STD, 1 / LEAST_STD, value));
      }
    }
  }

  /// The same in another order of axes.
  public InputForm withAxes(Axes order) {
    return new InputForm(order, mean, std);
  }

  /// Whether pixels are changed before the network reads them.
  public boolean normalises() {
    return !mean.isEmpty();
  }

  /// The least value that a pixel may become.
  public float low() {
    return normalised(0).min(Float::compare).orElse(0f);
  }

  /// The greatest value that a pixel may become.
  public float high() {
    return normalised(1).max(Float::compare).orElse(1f);
  }

  private Stream<Float> normalised(float pixel) {
    return IntStream.range(0, mean.size()).mapToObj(c -> (pixel - mean.get(c)) / std.get(c));
  }

  /// `{"axes":"channels-first","mean":[0.1307],"std":[0.3081]}`
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("axes", axes.toString());
    mean.forEach(json.putArray("mean")::add);
    std.forEach(json.putArray("std")::add);
    return json;
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  static InputForm fromJson(JsonNode json) {
    Axes axes = Axes.parse(JsonFields.text(json, "axes"));
    return new InputForm(axes, numbers(json, "mean"), numbers(json, "std"));
  }

  private static List<Float> numbers(JsonNode json, String key) {
    JsonNode array = json.path(key);
    if (!array.isArray() || !array.valueStream().allMatch(JsonNode::isNumber)) {
      throw new IllegalArgumentException("'%s' is not a list of numbers".formatted(key));
    }
    return array.valueStream().map(JsonNode::floatValue).toList();
  }
}
