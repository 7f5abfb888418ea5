package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// The programs in `examples`, a Maven project of their own, compile and run.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static JavaExample example(String name) throws IOException {
    return new JavaExample(Files.readString(EXAMPLES.resolve(name + ".java")));
  }

  @Test
  void everyExampleIsRunHere() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertEquals(
          List.of("Convert.java", "Energy.java", "Train.java", "pom.xml"),
          files
              .map(file -> EXAMPLES.relativize(file).toString())
              .filter(name -> !name.equals("target"))
              .sorted()
              .toList());
    }
  }

  @Test
  void aNetworkIsTrained(@TempDir Path folder) throws Exception {
    example("Train").run(folder);
  }

  @Test
  void aNetworkIsPriced(@TempDir Path folder) throws Exception {
    example("Energy").run(folder);
  }

  @Test
  void aNetworkIsConverted(@TempDir Path folder) throws Exception {
    Images digits = Digits.generate(1, 1000, 10).training();
    Network zero = Preset.network("mlp", digits.shape(), 10, Neuron.parse("tanh"));
    Network tanh =
        new Trainer(Hyperparameters.paper().withEpochs(2).withSamples(1))
            .train(InitialWeights.PYTORCH.of(zero, 1), digits);
    Path source = folder.resolve("tanh.safetensors");
    new Model(tanh, Map.of()).write(source);
    Path out = folder.resolve("p.safetensors");
    example("Convert").run(folder, source.toString(), out.toString());
    assertTrue(Model.read(out).network().random());
  }

  /// What the project of the examples asks for is what this one makes: modules by their
  /// coordinates, in this version.
  @Test
  void theCoordinatesAreThoseOfThisBuild() throws IOException {
    String root = Files.readString(Path.of("..", "pom.xml"));
    String bom = Files.readString(Path.of("..", "pdnn-bom", "pom.xml"));
    String pom = Files.readString(EXAMPLES.resolve("pom.xml"));
    assertEquals(first(root, "version"), first(bom, "version"));
    assertEquals(first(root, "version"), first(pom, "pdnn.version"));
    String coordinates = "io.github.pdnn:pdnn-core:" + first(root, "version");
    assertTrue(Files.readString(Path.of("..", "README.md")).contains(coordinates), coordinates);
    SortedSet<String> artifacts = ours(pom);
    assertEquals(
        Set.of("pdnn-bom", "pdnn-convert", "pdnn-core", "pdnn-training", "pdnn-examples"),
        artifacts);
    TreeSet<String> modules = new TreeSet<>();
    for (MatchResult module :
        Pattern.compile("<module>(.*)</module>").matcher(root).results().toList()) {
      modules.add(module.group(1));
      String own = Files.readString(Path.of("..", module.group(1), "pom.xml"));
      assertEquals(first(root, "groupId"), first(own, "groupId"));
    }
    modules.remove("pdnn-cli");
    assertEquals(modules, ours(bom), "the bill names every library");
  }

  /// The artifacts of a POM that are of this project.
  private static SortedSet<String> ours(String pom) {
    return Pattern.compile("<artifactId>(pdnn-[a-z]+)</artifactId>")
        .matcher(pom)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String first(String xml, String tag) {
    int from = xml.indexOf("<" + tag + ">") + tag.length() + 2;
    return xml.substring(from, xml.indexOf("</" + tag + ">", from));
  }
}
