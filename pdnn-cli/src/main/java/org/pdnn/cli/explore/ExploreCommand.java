package org.pdnn.cli.explore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.input.TestImagesOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.study.ExplorerPage;
import org.pdnn.cli.study.StudiedNetworks;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.explorer.Explorer;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Comparison;
import org.pdnn.tradeoff.Comparison.Tried;
import org.pdnn.tradeoff.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn explore`: writes the page on which a p-DNN samples in the browser.
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description =
        "Write a page to try it: draw a digit, watch the samples arrive, see their price.",
    footer = {
      "",
      "Without MODEL it shows the networks of a quick study, trained if need be and measured in"
          + " about two minutes. The page is one file that works offline.",
      "",
      "Examples:",
      "  pdnn explore",
      "  pdnn explore p5.safetensors --data mnist --out mnist.html",
      "  pdnn explore p5.safetensors 1bit.safetensors 3bit.safetensors"
    })
public final class ExploreCommand implements Callable<Integer> {
  /// All that the page's slider offers.
  private static final List<Integer> SAMPLES = List.of(1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32);

  /// Of weights, in bits.
  private static final List<String> WIDTHS = List.of("8", "4", "2", "1");

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description =
          "A p-DNN that reads grey images, and after it deterministic networks to compare it with"
              + " (default: the p-DNN with deterministic activations, not retrained).")
  private List<Path> files = List.of();

  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final TestImagesOption images = new TestImagesOption();
  @Mixin private final TechnologyOption technology = new TechnologyOption();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Heading("Data")
  @Option(
      names = "--study",
      paramLabel = "DIR",
      defaultValue = "pdnn-study",
      description =
          "Folder of a quick study whose networks are shown if no MODEL is named; those that it"
              + " lacks are trained there (default: ${DEFAULT-VALUE}).")
  private Path study = Path.of("pdnn-study");

  @Heading("Output")
  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "explorer.html",
      description = "The page (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("explorer.html");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Technology priced = technology.read();
    List<ModelFile> models = Family.read(files);
    DataSet set;
    DataSet read;
    Family family;
    if (models.isEmpty()) {
      StudiedNetworks studied = StudiedNetworks.in(study, data, seed.value(), threads.count(), err);
      set = studied.data();
      read = set;
      family = Family.of(studied);
    } else {
      set = data.open(models, err);
      read = ModelData.fed(set, models.getFirst());
      family = Family.of(models);
    }
    Images test = images.of(read.test(), seed.value());
    Explorer.write(
        ExplorerPage.of(
            family.pdnn(),
            family.origin(),
            set.test(),
            read.test(),
            test,
            questions(family, test),
            priced,
            seed.value()),
        out);
    spec.commandLine().getOut().println(out);
    return 0;
  }

  private List<Question> questions(Family family, Images test) {
    LabelledInputs inputs = LabelledInputs.of(test);
    List<Evaluation> evaluations =
        Arrays.stream(Scheme.values())
            .filter(Scheme::anytime)
            .map(scheme ->
                Evaluation.independent(SAMPLES, seed.value(), Evaluation.DEFAULT_SEEDS)
                    .with(scheme, LastHidden.BITS))
            .toList();
    Comparison comparison = family.comparison(evaluations);
    List<Question> questions = new ArrayList<>();
    long each = (long) comparison.size() * inputs.count();
    try (Display display = new Display("Measuring", "images", WIDTHS.size() * each)) {
      for (String width : WIDTHS) {
        Precision weights = Precision.parse(width).on(InputGrid.of(family.pdnn().input()));
        long before = questions.size() * each;
        List<Tried> tried =
            comparison.tried(weights, inputs, threads.count(), done -> display.to(before + done));
        questions.add(
            new Question(
                tried.stream().map(Tried::trial).toList(),
                tried.getFirst().confusion().mostFrequent(),
                Question.TOLERANCE));
      }
    }
    return questions;
  }
}
