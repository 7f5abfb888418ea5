package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which colours subjects have, and whether people can tell them apart.
class ColoursTest {
  /// How cones see that lack the long, the middle and the short wavelengths, on linear RGB: Machado
  /// et al., IEEE Trans. Vis. Comput. Graph. 15:1291 (2009), severity 1.
  private static final Map<String, double[][]> SIGHTS =
      Map.of(
          "full", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          "protanopia",
              new double[][] {
                {0.152286, 1.052583, -0.204868},
                {0.114503, 0.786281, 0.099216},
                {-0.003882, -0.048116, 1.051998}
              },
          "deuteranopia",
              new double[][] {
                {0.367322, 0.860646, -0.227968},
                {0.280085, 0.672501, 0.047413},
                {-0.011820, 0.042940, 0.968881}
              },
          "tritanopia",
              new double[][] {
                {1.255528, -0.076749, -0.178779},
                {-0.078411, 0.930809, 0.147602},
                {0.004733, 0.691367, 0.303900}
              });

  private static Figure figure(String id, String... subjects) {
    return new Figure(
        id,
        "Figure",
        "",
        Axis.linear("x", ""),
        Axis.linear("y", ""),
        Arrays.stream(subjects).<Series>map(name -> Series.reference(name, 1)).toList());
  }

  private static int slot(Map<String, Integer> slots, String subject) {
    return Objects.requireNonNull(slots.get(subject));
  }

  private static String[] names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  @Test
  void aSubjectHasOneColourAndOthersHaveOthers() {
    Series line = Series.line("s = 5, independent", List.of(Point.of(1, 1))).of("s = 5");
    Figure first =
        new Figure(
            "a",
            "Figure",
            "",
            Axis.linear("x", ""),
            Axis.linear("y", ""),
            List.of(line, Series.reference("s = 5", 2), Series.reference("1 bit", 3)));
    Map<String, Integer> slots = Colours.of(List.of(first, figure("b", "3 bits", "1 bit")));
    assertEquals(Map.of("s = 5", 0, "1 bit", 1, "3 bits", 2), slots);
  }

  /// Fifteen subjects over two figures: within a figure no colour is there twice.
  @Test
  void coloursAreSharedOnlyAcrossFigures() {
    Map<String, Integer> slots =
        Colours.of(List.of(figure("a", names("one ", 8)), figure("b", names("other ", 7))));
    assertEquals(15, slots.size());
    for (String prefix : List.of("one ", "other ")) {
      long colours =
          slots.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(prefix))
              .map(entry -> entry.getValue() % Colours.COUNT)
              .distinct()
              .count();
      assertEquals(prefix.equals("one ") ? 8 : 7, colours, prefix);
    }
  }

  @Test
  void anEleventhSubjectOfAFigureHasAnotherMarker() {
    Map<String, Integer> slots = Colours.of(List.of(figure("a", names("", 11))));
    assertEquals(11, slots.values().stream().distinct().count());
    assertEquals(slot(slots, "0") % Colours.COUNT, slot(slots, "10") % Colours.COUNT);
    assertNotEquals(slot(slots, "0"), slot(slots, "10"));
  }

  @Test
  void aFrontIsOfNoSubject() {
    Figure figure =
        new Figure(
            "a",
            "Figure",
            "",
            Axis.linear("x", ""),
            Axis.linear("y", ""),
            List.of(
                new Series.Steps("front", List.of(Point.of(1, 1))), Series.reference("1 bit", 3)));
    assertEquals(Map.of("1 bit", 0), Colours.of(List.of(figure)));
  }

  /// Distances in Oklab, where 0.02 is just visible side by side; contrast with the paper as WCAG
  /// 1.4.11 asks it of graphs.
  @ParameterizedTest
  @CsvSource({"0, #ffffff", "1, #161715"})
  void coloursAreToldApart(int look, String paper) throws IOException {
    List<double[]> colours = colours().get(look);
    assertEquals(Colours.COUNT, colours.size());
    SIGHTS.forEach((sight, matrix) -> {
      double least = sight.equals("tritanopia") ? 0.05 : 0.09;
      for (int i = 0; i < colours.size(); i++) {
        for (int j = 0; j < i; j++) {
          double distance = distance(seen(matrix, colours.get(i)), seen(matrix, colours.get(j)));
          assertTrue(distance >= least, "%s: %d and %d, %.3f".formatted(sight, j, i, distance));
        }
      }
    });
    for (double[] colour : colours) {
      double ratio = contrast(luminance(colour), luminance(linear(paper)));
      assertTrue(ratio >= 3, Arrays.toString(colour) + " " + ratio);
    }
  }

  /// Those of the light look, then those of the dark one, as linear RGB.
  private static List<List<double[]>> colours() throws IOException {
    try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("look.js"))) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Pattern.compile("colours: \\[([^\\]]*)]")
          .matcher(script)
          .results()
          .map(match ->
              Stream.of(match.group(1).split(",", -1))
                  .map(word -> word.strip().replace("\"", ""))
                  .filter(word -> !word.isEmpty())
                  .map(ColoursTest::linear)
                  .toList())
          .toList();
    }
  }

  private static double[] linear(String hex) {
    return IntStream.of(1, 3, 5)
        .mapToDouble(at -> Integer.parseInt(hex, at, at + 2, 16) / 255.0)
        .map(value -> value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4))
        .toArray();
  }

  private static double[] product(double[][] matrix, double[] vector) {
    return Arrays.stream(matrix)
        .mapToDouble(row -> row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
        .toArray();
  }

  /// Oklab of what such eyes see.
  private static double[] seen(double[][] sight, double[] colour) {
    double[] shown =
        Arrays.stream(product(sight, colour)).map(value -> Math.clamp(value, 0, 1)).toArray();
    double[] cones =
        Arrays.stream(
                product(
                    new double[][] {
                      {0.4122214708, 0.5363325363, 0.0514459929},
                      {0.2119034982, 0.6806995451, 0.1073969566},
                      {0.0883024619, 0.2817188376, 0.6299787005}
                    },
                    shown))
            .map(Math::cbrt)
            .toArray();
    return product(
        new double[][] {
          {0.2104542553, 0.7936177850, -0.0040720468},
          {1.9779984951, -2.4285922050, 0.4505937099},
          {0.0259040371, 0.7827717662, -0.8086757660}
        },
        cones);
  }

  private static double distance(double[] one, double[] other) {
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> Math.pow(one[i] - other[i], 2)).sum());
  }

  private static double luminance(double[] colour) {
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
}
