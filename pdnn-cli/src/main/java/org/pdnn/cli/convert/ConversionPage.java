package org.pdnn.cli.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.TextTable;
import org.pdnn.convert.ConversionVerdict;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Axis;
import org.pdnn.report.Commands;
import org.pdnn.report.Document;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Prose;
import org.pdnn.report.ReportFiles;
import org.pdnn.report.Section;
import org.pdnn.report.Series;

/// The report of a conversion as a page.
///
/// @param steps what each step did
/// @param points all points of the curves
/// @param curves empty if nothing was measured
/// @param judged the verdict on them
/// @param remarks what was found out on the way, a sentence each
/// @param nextCommand what to run next; blank if nothing was measured
/// @param json the report as JSON, for its provenance
record ConversionPage(
    Path file,
    TextTable steps,
    TextTable points,
    Optional<ConversionCurves> curves,
    Optional<ConversionVerdict> judged,
    List<String> remarks,
    String nextCommand,
    ObjectNode json) {

  /// Writes the page and its figures; gives the page's path.
  Path write(Path folder) throws IOException {
    List<Section> sections = new ArrayList<>();
    if (!nextCommand.isEmpty()) {
      sections.add(new Commands("What to run next", List.of(withoutFolders(nextCommand))));
    }
    curves.ifPresent(measured -> {
      sections.add(accuracy(measured));
      sections.add(gain(measured.compared()));
    });
    sections.add(ReportOption.table("steps", "What each step did and cost", steps));
    if (curves.isPresent()) {
      sections.add(ReportOption.table("points", "All points", points));
    }
    if (!remarks.isEmpty()) {
      sections.add(new Prose("Remarks", remarks));
    }
    String title = "%s as a p-DNN".formatted(file.getFileName());
    return ReportFiles.write(Document.of(title, verdict(), sections, provenance()), folder)
        .getFirst();
  }

  /// Pages are shown to others, to whom this machine's folders are nothing.
  private static String withoutFolders(String command) {
    return command.replaceAll("(?<=\\s)(?:/|[A-Za-z]:\\\\)\\S*[/\\\\](?=\\S)", "");
  }

  private String verdict() {
    return judged
        .map(found -> "Verdict: %s. %s.".formatted(found.advice(), found.reason()))
        .orElse("Converted without data: nothing was measured.");
  }

  private static Figure accuracy(ConversionCurves measured) {
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Accuracy on %,d test images, %s. Solid: scrambled samples. Dashed: independent samples. The horizontal line is the original network. Bands: %s over noise seeds."
            .formatted(
                measured.test().count(),
                measured.compared().arithmetic(),
                bands(measured.compared().scrambled().points().getFirst().seeds())),
        Axis.log2("Samples T", ""),
        Axis.linear("Accuracy", "%"),
        List.of(
            line("p-DNN, scrambled", measured.compared().scrambled().curve()),
            line("p-DNN, independent", measured.independent()).in(Series.Stroke.DASHED),
            Series.reference(
                "original",
                100 * measured.compared().original().curve().deterministic().accuracy().value())));
  }

  private static String bands(int seeds) {
    return seeds < Estimate.FEWEST_REPETITIONS ? "range" : "95 % intervals";
  }

  private static Series.Line line(String name, Curve curve) {
    return Series.line(
            name,
            curve.points().stream()
                .map(point ->
                    Point.of(point.samples(), 100 * point.accuracy().value())
                        .between(100 * point.accuracy().low(), 100 * point.accuracy().high()))
                .toList())
        .of("p-DNN");
  }

  private static Figure gain(Compared compared) {
    List<Point> points =
        compared.scrambled().curve().points().stream()
            .map(CurvePoint::samples)
            .map(samples -> Point.of(samples, compared.energy(samples).gain()))
            .toList();
    return new Figure(
        "gain",
        "Energy gain",
        "How many times as much the deterministic twin with weights of as many bits takes, on %s."
            .formatted(compared.energy().technology().name()),
        Axis.log2("Samples T", ""),
        Axis.linear("Gain", ""),
        List.of(Series.line("p-DNN", points), Series.reference("even", 1)));
  }

  private SequencedMap<String, String> provenance() {
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    json.path("provenance")
        .propertyStream()
        .forEach(entry -> provenance.put(entry.getKey(), entry.getValue().asText()));
    return provenance;
  }
}
