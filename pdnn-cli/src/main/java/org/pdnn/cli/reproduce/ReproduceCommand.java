package org.pdnn.cli.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.names.Nearest;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.ReportFiles;
import org.pdnn.report.Sentence;
import org.pdnn.reproduction.Experiment;
import org.pdnn.reproduction.Reproduction;
import org.pdnn.sweep.Findings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn reproduce`: the paper's numbers and curves beside ours.
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description =
        "Recompute the paper's figures: our numbers, the paper's, what holds and what does not.",
    footer = {
      "",
      "Figures 5, 6 and 8 are computed at once, table 2 in half a minute where Yosys is installed."
          + " The others train networks:"
          + " each network and each curve is a cell that is kept below --out once it is"
          + " finished and never computed again, whatever interrupts the command. Figures are"
          + " drawn from FIGURE.jsonl below --out; --draw does so without data and models from"
          + " a folder that holds such files. The report is written there as HTML and as"
          + " Markdown, each chart also as CSV and JSON.",
      "",
      "Examples:",
      "  pdnn reproduce fig6",
      "  pdnn reproduce fig8 table2 --format json",
      "  pdnn reproduce fig4a --budget quick --out pdnn-figures",
      "  pdnn reproduce fig4a --draw results --out pages"
    })
public final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FIGURE",
      arity = "1..*",
      description =
          "Which figure or table, or all; several may be given: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Figures.class)
  private List<String> names = List.of();

  @Mixin private final ExperimentOptions experiments = new ExperimentOptions();

  @Heading("Output")
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the report and of what is kept (default: none for figures computed at once,"
              + " else pdnn-figures).")
  private @Nullable Path out;

  @Mixin private final FormatOption format = new FormatOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /// For help and completion.
  static final class Figures implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(known().stream(), Stream.of("all")).iterator();
    }
  }

  /// All figures by name.
  private static List<String> known() {
    return Stream.concat(
            Reproduction.names().stream(), Experiment.all().stream().map(Experiment::name))
        .sorted()
        .toList();
  }

  @Override
  public Integer call() throws IOException {
    requireKnown();
    boolean all = names.contains("all");
    List<Reproduction> figures = new ArrayList<>();
    Findings findings = new Findings(List.of());
    for (Experiment experiment : Experiment.all()) {
      if (all || names.contains(experiment.name())) {
        Findings found = found(experiment);
        figures.add(experiment.draw(found));
        keep(experiment, found);
        findings = findings.with(found);
      }
    }
    for (String name : Reproduction.names()) {
      if (all || names.contains(name)) {
        figures.add(Reproduction.of(name));
      }
    }
    print(figures, findings);
    return 0;
  }

  private void requireKnown() {
    List<String> known = new ArrayList<>(known());
    known.add("all");
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "unknown figure '%s'%s; use %s"
                .formatted(name, Nearest.suggestion(name, known), String.join(", ", known)));
      }
    }
  }

  private Findings found(Experiment experiment) throws IOException {
    if (experiments.draw != null) {
      return Findings.read(experiments.draw.resolve(file(experiment)));
    }
    out = out == null ? Path.of("pdnn-figures") : out;
    return experiments.run(experiment, out, spec.commandLine().getErr());
  }

  /// Once they are drawn: what cannot be drawn does not take the place of what was kept before.
  private void keep(Experiment experiment, Findings findings) throws IOException {
    if (experiments.draw == null && out != null) {
      Files.createDirectories(out);
      findings.write(out.resolve(file(experiment)));
    }
  }

  private static String file(Experiment experiment) {
    return experiment.name() + ".jsonl";
  }

  private void print(List<Reproduction> figures, Findings findings) throws IOException {
    Document document = ReproductionDocument.of(figures, findings);
    if (experiments.draw == null) {
      document.provenance("seed", experiments.seed()).provenance("budget", experiments.budget());
    }
    if (out != null) {
      String page = ReportFiles.write(document, out).getFirst().toString();
      document.fact("report", page).add(new Sentence("Report: " + page).only(Form.TEXT));
    }
    format.print(spec.commandLine().getOut(), document);
  }
}
