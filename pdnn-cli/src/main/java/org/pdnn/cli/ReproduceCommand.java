package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pdnn.report.ReportFiles;
import org.pdnn.reproduction.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn reproduce`: the paper's printed numbers beside ours.
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compute the paper's figures again: our numbers, the paper's, the relative difference, and"
            + " the reason where they differ.",
    footer = {
      "",
      "With --out, writes report.html with charts, and all figures and tables as CSV and JSON.",
      "",
      "Examples:",
      "  pdnn reproduce fig6",
      "  pdnn reproduce fig8 table2 --format json",
      "  pdnn reproduce all --out pdnn-reproduction"
    })
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FIGURE",
      arity = "1..*",
      description = "fig5, fig6, fig8, table2 or all; several may be given.")
  private List<String> names = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "Folder of the report.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Form of the numbers on standard output (default: text).")
  private OutputOptions.Format format = OutputOptions.Format.TEXT;

  @Option(names = "--seed", defaultValue = "1", description = "Noted; nothing here is random.")
  private long seed = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Reproduction> figures = Reproduction.named(names);
    ReproductionReport report = new ReproductionReport(figures);
    String text = figures.stream().map(ClaimTables::text).collect(Collectors.joining("\n"));
    String sentences = "%s\n%s %s".formatted(text, report.verdict(), ReproductionReport.RULE);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("verdict", report.verdict());
    if (out != null) {
      Path page = ReportFiles.write(report.build(), out).getFirst();
      sentences += "\nReport: " + page;
      json.put("report", page.toString());
    }
    json.set("figures", ClaimTables.json(figures));
    ObjectNode provenance = json.putObject("provenance").put("seed", seed);
    ReproductionReport.provenance().forEach(provenance::put);
    new Summary(sentences, json, ClaimTables.csv(figures))
        .print(spec.commandLine().getOut(), format);
    return 0;
  }
}
