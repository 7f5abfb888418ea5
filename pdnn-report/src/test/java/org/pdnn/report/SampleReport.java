package org.pdnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A report like the study's, with the numbers of the paper's figures 4a and 6b; the intervals are
/// those of 10,000 images.
final class SampleReport {
  private static final double[] SAMPLES = {1, 2, 4, 8, 16, 32};
  private static final double[] TRAINED_WITH_1 = {72.92, 74.67, 75.41, 76.38, 76.95, 77.13};
  private static final double[] TRAINED_WITH_5 = {78.59, 80.76, 81.74, 82.87, 83.42, 83.56};

  private SampleReport() {}

  static Document study() {
    return of(
            "VGG5 on CIFAR-10",
            "Four samples of a one-bit network beat the deterministic one-bit network by 0.9"
                + " points, for 2 % more energy than one sample.",
            List.of(
                new Prose(
                    "What was measured",
                    List.of(
                        "A probabilistic network of one-bit random activations runs T independent"
                            + " passes and averages their outputs. Weights are read once for all T,"
                            + " so where memory dominates, further samples are almost free.")),
                new Commands(
                    "What to run next",
                    List.of("pdnn evaluate vgg5.safetensors --data cifar10 --samples 1,2,4,8")),
                accuracyAgainstSamples(),
                energyAgainstSamples(),
                accuracyAgainstEnergy(),
                table(),
                pictures()))
        .provenance("seed", "1")
        .provenance("samples", "1, 2, 4, 8, 16, 32")
        .provenance("scheme", "scrambled")
        .provenance(
            "model", "sha256:4f1c0f7a5d8e2b9c3a6d4e5f60718293a4b5c6d7e8f90112233445566778899aa")
        .provenance("data", "CIFAR-10 test, 10,000 images")
        .provenance("machine", "2 cores, JDK 25, pdnn 0.1.0");
  }

  static Document of(String title, String headline, List<? extends Section> sections) {
    return new Document(title).headline(headline).add(sections);
  }

  static Figure accuracyAgainstSamples() {
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Test accuracy when the outputs of T passes are averaged, for networks trained with the"
            + " average of s = 1 and s = 5 passes. Bands: 95 % intervals over images."
            + " Horizontal lines: deterministic networks of the same shape.",
        samples(),
        Axis.linear("Accuracy", "%"),
        List.of(
            Series.line("p-DNN, s = 5", accuracies(TRAINED_WITH_5)),
            Series.line("p-DNN, s = 1", accuracies(TRAINED_WITH_1)),
            Series.reference("deterministic, 32 bits", 86.88),
            Series.reference("deterministic, 3 bits", 85.76).between(85.07, 86.43),
            Series.reference("deterministic, 1 bit", 80.77)));
  }

  static Figure energyAgainstSamples() {
    return new Figure(
        "energy-against-samples",
        "Energy per inference against samples",
        "65 nm technology; weights in HBM2 or in SRAM, activations in SRAM (equation 4).",
        samples(),
        Axis.log10("Energy per inference", "nJ"),
        List.of(
            Series.line("weights in HBM2", energies(279_757.58)),
            Series.line("weights in SRAM", energies(2705.97))
                .of("weights in HBM2")
                .in(Series.Stroke.DASHED)));
  }

  static Figure accuracyAgainstEnergy() {
    return new Figure(
        "accuracy-against-energy",
        "Accuracy against energy",
        "Each point of a curve is one T; the deterministic twins are single points.",
        Axis.log10("Energy per inference", "nJ"),
        Axis.linear("Accuracy", "%"),
        List.of(
            Series.line("p-DNN, s = 5", tradeOff(TRAINED_WITH_5)),
            Series.line("p-DNN, s = 1", tradeOff(TRAINED_WITH_1)),
            single("deterministic, 32 bits", 135_200, 86.88),
            single("deterministic, 3 bits", 21_300, 85.76),
            single("deterministic, 1 bit", 4810, 80.77)));
  }

  /// Accuracy against energy with weights in SRAM, and in HBM2, which takes 279,757.58 nJ more.
  static Choice byTechnology() {
    return new Choice(
        "by-technology",
        "Accuracy against energy",
        "Each point of a curve is one T.",
        "Technology",
        List.of(
            new Choice.Option("sram65", accuracyAgainstEnergy("sram", "Samples win.", 0)),
            new Choice.Option("hbm2", accuracyAgainstEnergy("hbm2", "Bits win.", 279_757.58))));
  }

  private static Figure accuracyAgainstEnergy(String id, String verdict, double weights) {
    return new Figure(
        id,
        "Accuracy against energy on " + id,
        verdict,
        Axis.log10("Energy per inference", "nJ"),
        Axis.linear("Accuracy", "%"),
        List.of(
            Series.line(
                "p-DNN",
                List.of(Point.of(4744 + weights, 78.59), Point.of(10_858 + weights, 81.74))),
            single("deterministic, 1 bit", 4810 + weights, 80.77)));
  }

  static Table table() {
    return new Rows<>(IntStream.range(0, SAMPLES.length).boxed().toList())
        .add("samples", "T", i -> SAMPLES[i])
        .add(Column.of("one", "Accuracy, s = 1").in("%").as("%.2f"), i -> TRAINED_WITH_1[i])
        .add(Column.of("five", "Accuracy, s = 5").in("%").as("%.2f"), i -> TRAINED_WITH_5[i])
        .add(
            Column.of("totalNanojoules", "Energy").in("nJ").as("%,.0f"),
            i -> 2705.97 + 2038.02 * SAMPLES[i])
        .add("remark", "Remark", i -> i == 2 ? "beats 1 bit" : "")
        .table("summary", "What samples buy", "Accuracy and energy at each T.");
  }

  private static Pictures pictures() {
    List<Picture> strip = new ArrayList<>();
    for (int shift = 0; shift < 6; shift++) {
      byte[] grey = new byte[16 * 16];
      for (int i = 0; i < grey.length; i++) {
        grey[i] = (byte) ((i % 16) * (i / 16) * (shift + 1));
      }
      strip.add(Picture.grey(16, 16, grey, "T = " + (1 << shift)));
    }
    return new Pictures(
        "generated", "Generated pictures", "The same latent vector at growing T.", strip);
  }

  private static Axis samples() {
    return Axis.log2("Samples T", "").withTicks(SAMPLES);
  }

  private static List<Point> accuracies(double[] accuracies) {
    return IntStream.range(0, SAMPLES.length)
        .mapToObj(i ->
            Point.of(SAMPLES[i], accuracies[i]).between(accuracies[i] - 0.8, accuracies[i] + 0.8))
        .toList();
  }

  private static List<Point> energies(double weights) {
    return IntStream.range(0, SAMPLES.length)
        .mapToObj(i -> Point.of(SAMPLES[i], weights + 2038.02 * SAMPLES[i]))
        .toList();
  }

  private static List<Point> tradeOff(double[] accuracies) {
    return IntStream.range(0, SAMPLES.length)
        .mapToObj(i ->
            Point.of(2705.97 + 2038.02 * SAMPLES[i], accuracies[i])
                .between(accuracies[i] - 0.8, accuracies[i] + 0.8)
                .labelled("T=%.0f".formatted(SAMPLES[i])))
        .toList();
  }

  private static Series single(String name, double energy, double accuracy) {
    return Series.markers(
        name, List.of(Point.of(energy, accuracy).between(accuracy - 0.7, accuracy + 0.7)));
  }
}
