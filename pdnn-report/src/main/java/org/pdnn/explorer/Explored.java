package org.pdnn.explorer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.energy.Technology;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;
import org.pdnn.tradeoff.Question;

/// What a page is about: a p-DNN that reads grey images, and what was measured of it and of its
/// deterministic twins.
///
/// @param model the p-DNN
/// @param image (1, height, width) of what it reads
/// @param classes what its outputs are called
/// @param examples images to begin with, at least one
/// @param questions one for each width of weights, with trials of the p-DNN and of its twins; by
///   the same schemes at the same T
/// @param technology shown at first
/// @param seed of the random words at first, 0 to 2^53
/// @param provenance what all came from, by name
public record Explored(
    Model model,
    Shape image,
    List<String> classes,
    List<Example> examples,
    List<Question> questions,
    Technology technology,
    long seed,
    Map<String, String> provenance) {
  /// Greater integers are not exact in JavaScript.
  private static final long MOST_SEED = 1L << 53;

  /// An image to begin with.
  ///
  /// @param label its true class
  /// @param pixels bytes, row by row
  public record Example(int label, List<Integer> pixels) {
    public Example {
      pixels = List.copyOf(pixels);
    }
  }

  public Explored {
    if (image.rank() != 3 || image.dimension(0) != 1) {
      throw new IllegalArgumentException(
          "the explorer draws grey images, and the network reads " + image);
    }
    if (seed < 0 || seed > MOST_SEED) {
      throw new IllegalArgumentException("seed must be 0 to %s, got %s".formatted(MOST_SEED, seed));
    }
    classes = List.copyOf(classes);
    examples = List.copyOf(examples);
    questions = List.copyOf(questions);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (examples.isEmpty() || questions.isEmpty()) {
      throw new IllegalArgumentException("a page needs an image and what was measured");
    }
  }
}
