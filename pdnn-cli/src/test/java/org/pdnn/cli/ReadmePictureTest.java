package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The picture of the README is what the kept page of figure 4a says.
class ReadmePictureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int[] SAMPLES = {1, 2, 3, 5, 10, 32};
  private static final int LOWEST = 72;
  private static final int HIGHEST = 82;

  /// A row of the page's tables, accuracy in percent for each T, with its interval or without.
  private record Curve(List<Double> mean, List<Double> low, List<Double> high) {
    static Curve of(List<String> page, String name) {
      String row =
          page.stream()
              .filter(line -> line.startsWith("| " + name + " |"))
              .findFirst()
              .orElseThrow();
      List<Double> mean = new ArrayList<>();
      List<Double> low = new ArrayList<>();
      List<Double> high = new ArrayList<>();
      for (String cell : row.substring(name.length() + 4, row.length() - 2).split(" \\| ", -1)) {
        double[] numbers =
            Arrays.stream(cell.strip().split("[^0-9.]+", 0))
                .mapToDouble(Double::parseDouble)
                .toArray();
        mean.add(numbers[0]);
        low.add(numbers[numbers.length > 1 ? 1 : 0]);
        high.add(numbers[numbers.length > 1 ? 2 : 0]);
      }
      return new Curve(mean, low, high);
    }

    String line(String colour, String dash) {
      return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>\n"
          .formatted(points(mean), colour, dash);
    }

    String band(String colour) {
      List<String> back = Arrays.asList(points(high).split(" ", -1));
      return "<polygon points=\"%s %s\" fill=\"%s\" fill-opacity=\"0.15\"/>\n"
          .formatted(points(low), String.join(" ", back.reversed()), colour);
    }

    String dots(String colour) {
      return IntStream.range(0, SAMPLES.length)
          .mapToObj(i ->
              "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n"
                  .formatted(x(SAMPLES[i]), y(mean.get(i)), colour))
          .collect(Collectors.joining());
    }

    private static String points(List<Double> accuracies) {
      return IntStream.range(0, SAMPLES.length)
          .mapToObj(i -> x(SAMPLES[i]) + "," + y(accuracies.get(i)))
          .collect(Collectors.joining(" "));
    }
  }

  private static String x(double samples) {
    return String.format(Locale.ROOT, "%.1f", 60 + 400 * Math.log(samples) / Math.log(32));
  }

  private static String y(double accuracy) {
    return String.format(Locale.ROOT, "%.1f", 290 - 250 * (accuracy - LOWEST) / (HIGHEST - LOWEST));
  }

  private static String label(String x, String y, String anchor, String colour, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
        .formatted(x, y, anchor, colour, text);
  }

  private static String draw(List<String> page) {
    Curve bits = Curve.of(page, "s = 5");
    Curve expectation = Curve.of(page, "s = 5, scrambled with expectation");
    Curve twin = Curve.of(page, "deterministic, 32 bits");
    Curve oneBit = Curve.of(page, "deterministic, 1 bit");
    String grey = "#555555";
    String blue = "#0072b2";
    String green = "#00865a";
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 340" font-family="sans-serif" font-size="13">
            <rect width="720" height="340" fill="#ffffff"/>
            """);
    for (int accuracy = LOWEST; accuracy <= HIGHEST; accuracy += 2) {
      svg.append("<path d=\"M60 %1$sH460\" stroke=\"#dddddd\"/>\n".formatted(y(accuracy)));
      svg.append(label("52", y(accuracy - 0.15), "end", grey, Integer.toString(accuracy)));
    }
    for (int samples : SAMPLES) {
      svg.append(label(x(samples), "310", "middle", grey, Integer.toString(samples)));
    }
    svg.append(label("260", "331", "middle", grey, "Samples T"));
    svg.append(label("60", "24", "start", grey, "Accuracy (%), VGG5 on CIFAR-10"));
    svg.append(twin.line(grey, " stroke-dasharray=\"7 4\""));
    svg.append(oneBit.line(grey, " stroke-dasharray=\"2 3\""));
    svg.append(expectation.band(green)).append(expectation.line(green, ""));
    svg.append(expectation.dots(green));
    svg.append(bits.band(blue)).append(bits.line(blue, "")).append(bits.dots(blue));
    svg.append(label("470", y(81.3), "start", green, "p-DNN, scrambled, expectation"));
    svg.append(label("470", y(80.3), "start", grey, "deterministic, 32 bits (dashed)"));
    svg.append(label("470", y(79.3), "start", blue, "p-DNN, independent samples"));
    svg.append(label("470", y(76.2), "start", grey, "deterministic, 1 bit (dotted)"));
    return svg.append("</svg>\n").toString();
  }

  @Test
  void thePictureShowsTheKeptResults() throws IOException {
    Path page = ROOT.resolve("results").resolve("fig4a").resolve("report.md");
    Path kept = ROOT.resolve("docs").resolve("accuracy.svg");
    String drawn = draw(Files.readAllLines(page));
    if (!Files.readString(kept).equals(drawn)) {
      Files.writeString(Files.createDirectories(Path.of("target")).resolve("accuracy.svg"), drawn);
    }
    assertEquals(drawn, Files.readString(kept), "copy pdnn-cli/target/accuracy.svg to docs");
  }
}
