package org.pdnn.cli.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;

/// `pdnn energy`: networks, language models, technologies.
class EnergyCommandTest {
  @TempDir private Path folder;

  @Test
  void energyAsJson() throws IOException {
    JsonNode json =
        Outcome.done("energy", "paper:vgg5", "--samples", "1,10", "--format", "json").json();
    assertEquals(2, json.path("curve").size());
    JsonNode point = json.path("curve").path(0);
    assertEquals(
        Set.of(
            "samples",
            "weightsNanojoules",
            "activationsNanojoules",
            "synapseNanojoules",
            "neuronNanojoules",
            "totalNanojoules",
            "gain"),
        Outcome.keys(point));
    assertEquals(2705.97, point.path("weightsNanojoules").asDouble(), 0.005);
    Outcome.assertKeys(
        json.path("provenance"), "technology", "convention", "version", "assumptions");
  }

  @Test
  void energyByLayerAndSwept() throws IOException {
    Path model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
    JsonNode layers =
        Outcome.done("energy", model, "--samples", "4", "--layers", "--format", "json").json();
    assertEquals(4, layers.path("samples").asInt());
    assertTrue(layers.path("layers").size() >= 2, layers.toString());
    JsonNode swept =
        Outcome.done("energy", "paper:vgg5", "--sweep-memory", "0..1:0.5", "--format", "json")
            .json();
    assertEquals(3, swept.path("curve").size());
    assertEquals(0.5, swept.path("curve").path(1).path("memoryPicojoulesPerBit").asDouble());
    assertEquals(7, Outcome.done("energy", "paper:vgg5", "--format", "csv").rows().size());
    assertTrue(Outcome.done("energy", "paper:vgg5").out().contains("Convention paper:"));
  }

  /// Layer 0 of mlp:784-64-10 by the convention paper at T = 2: 50,240 weights of 32 bits, and in
  /// each pass 50,176 bits and half as many additions.
  @Test
  void layersCanBeCheckedByHand() throws IOException {
    String line =
        "energy mlp:784-64-10 --layers --samples 2 --convention paper --weight-bits 32 --scheme"
            + " independent";
    Object[] words = line.split(" ");
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    JsonNode layer = json.path("layers").path(0);
    assertEquals(50_176, layer.path("macs").asInt());
    assertEquals(50_240, layer.path("weights").asInt());
    assertEquals(2, layer.path("samples").asInt());
    assertEquals(64, json.path("layers").path(1).path("neurons").asInt());
    assertEquals(50_240 * 32, layer.path("weightBits").asInt());
    assertEquals(2 * 50_176, layer.path("activationBits").asInt());
    assertEquals(50_176, layer.path("additions").asInt());
    assertEquals(128, json.path("layers").path(1).path("randomWords").asInt());
    double byHand = 1607680 * 0.0384 + 100352 * 0.0384 + 50176 * 0.239;
    assertEquals(byHand * 1e-3, layer.path("totalNanojoules").asDouble(), 1e-9);
    String worked =
        "1607680 weight bits x 0.0384 pJ + 100352 activation bits x 0.0384 pJ + 50176 additions x"
            + " 0.239 pJ = 77580.49 pJ";
    assertEquals(worked, json.path("worked").asText());
    JsonNode read = json.path("technology").path("constants").path(0);
    assertEquals("weightBit", read.path("constant").asText());
    assertEquals(0.0384, read.path("value").asDouble());
    assertEquals("pJ/bit", read.path("unit").asText());
    assertFalse(read.path("source").asText().isBlank());
    String text = Outcome.done(words).words();
    assertTrue(text.contains(" Layer 0, dense 64, takes 99 % at T = 2. "), text);
    assertTrue(text.contains(" By hand, layer 0: " + worked + " "), text);
    String page = folder.resolve("by-hand").toString();
    Outcome.done(Outcome.joined(words, "--chart", page));
    assertTrue(Files.readString(Path.of(page, "report.html")).contains(worked));
    List<List<String>> rows = Outcome.done(Outcome.joined(words, "--format", "csv")).rows();
    assertEquals(
        List.of(
            "layer",
            "name",
            "samples",
            "macs",
            "weights",
            "neurons",
            "weightBits",
            "activationBits"),
        rows.getFirst().subList(0, 8));
    assertEquals(
        List.of("1", "pbit:sigmoid 64", "2", "0", "0", "64", "0", "128"),
        rows.get(2).subList(0, 8));
    assertEquals("128", rows.get(2).get(rows.getFirst().indexOf("randomWords")));
    assertEquals(
        layer.path("totalNanojoules").asText(),
        rows.get(1).get(rows.getFirst().indexOf("totalNanojoules")));
  }

  /// The same as it is run: weights and pixels of 8 bits, read once, whatever T. An 8-bit
  /// multiplication is worth 8 * 8 / 32^2 of one of 32 bits, an addition 8 / 32.
  @Test
  void ownNetworksArePricedAtTheWidthsTheyRunWith() throws IOException {
    JsonNode json =
        Outcome.done("energy", "mlp:784-64-10", "--layers", "--samples", "2", "--format", "json")
            .json();
    double byHand =
        50240 * 8 * 0.0384 + 50176 * 8 * 0.0384 + 50176 / 16.0 * 8.989 + 50176 / 4.0 * 0.239;
    JsonNode layer = json.path("layers").path(0);
    assertEquals(byHand * 1e-3, layer.path("totalNanojoules").asDouble(), 1e-9);
    JsonNode provenance = json.path("provenance");
    assertEquals("strict", provenance.path("convention").asText());
    JsonNode choices = provenance.path("choices");
    for (String width : List.of("weightBits", "edgeWeightBits", "inputBits")) {
      assertEquals("8", choices.path(width).asText(), width);
    }
    assertEquals("scrambled", choices.path("scheme").asText());
    // Two words for any number of scrambled passes above one.
    assertEquals(128, json.path("layers").path(1).path("randomWords").asInt());
  }

  /// Weights of up to 8 bits are those of networks in integers, others those of real numbers.
  @Test
  void bitsOfWeightsDecideTheEdgesAndTheInput() throws IOException {
    Object[] words = {"energy", "mlp:784-8-8-10", "--samples", 1, "--format", "json"};
    JsonNode few = Outcome.done(Outcome.joined(words, "--weight-bits", 4)).json();
    JsonNode choices = few.path("provenance").path("choices");
    assertEquals("4", choices.path("weightBits").asText());
    assertEquals("8", choices.path("edgeWeightBits").asText());
    assertEquals("8", choices.path("inputBits").asText());
    assertEquals("strict", few.path("provenance").path("convention").asText());
    JsonNode real = Outcome.done(Outcome.joined(words, "--weight-bits", 32)).json();
    choices = real.path("provenance").path("choices");
    assertEquals("32", choices.path("weightBits").asText());
    assertFalse(choices.has("edgeWeightBits") || choices.has("inputBits"), choices.toString());
  }

  /// What evaluate runs in real numbers is priced so, and the user is told.
  @Test
  void aNetworkWithoutAnIntegerFormIsPricedInRealNumbers() throws IOException {
    Object[] words = {"energy", "mlp:784-8-10", "--neuron", "noisy:tanh:0.5", "--format", "json"};
    Outcome outcome = Outcome.done(words);
    assertEquals(
        "pdnn: weights and inputs are priced at 32 bits, since layer 1 has no integer form: its"
            + " neurons, noisy:tanh:0.5, have more than 256 levels\n",
        outcome.err());
    assertEquals(
        "32", outcome.json().path("provenance").path("choices").path("weightBits").asText());
    assertEquals("", Outcome.done(Outcome.joined(words, "--weight-bits", 8)).err());
  }

  /// LeNet's first convolution makes 6 x 24 x 24 values from 25 each.
  @Test
  void anArchitectureIsPricedWithoutWeights() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("network.json"),
            """
            {"input": [1, 28, 28], "layers": [
              {"layer": "convolution", "outputs": 6, "kernel": 5},
              {"layer": "neurons", "neuron": "pbit:tanh"}, {"layer": "flatten"},
              {"layer": "dense", "outputs": 10}]}
            """);
    JsonNode json = Outcome.done("energy", file, "--layers", "--format", "json").json();
    assertEquals(6 * 24 * 24 * 25, json.path("layers").path(0).path("macs").asInt());
    assertEquals(156, json.path("layers").path(0).path("weights").asInt());
    JsonNode real =
        Outcome.done("energy", file, "--neuron", "tanh", "--samples", 1, "--format", "json").json();
    assertEquals(1, real.path("curve").path(0).path("gain").asDouble());
    Files.writeString(file, "{\"input\":[4],\"layers\":[{\"layer\":\"dense\"}]}");
    assertTrue(Outcome.refused(1, "energy", file).contains("give each that has weights its"));
  }

  @Test
  void networksByNameArePriced() throws IOException {
    Object[] asPaper = "--convention paper --scheme independent --weight-bits 32".split(" ");
    JsonNode vgg5 =
        Outcome.done(
                Outcome.joined(
                    new Object[] {"energy", "vgg5", "--samples", 1, "--format", "json"}, asPaper))
            .json();
    JsonNode paper =
        Outcome.done("energy", "paper:vgg5", "--samples", 1, "--format", "json").json();
    assertEquals(paper.path("curve"), vgg5.path("curve"));
    JsonNode bits =
        Outcome.done("energy", "paper:fpga-vae", "--neuron", "sigmoid:3bit", "--format", "json")
            .json();
    assertEquals(0, bits.path("furtherSampleNanojoules").asDouble());
    String unknown = Outcome.refused(2, "energy", "vgg6");
    assertTrue(
        unknown.startsWith(
            "'vgg6' is neither a file nor a network known by name (did you mean 'vgg5'?); use"),
        unknown);
  }

  /// One block of width 8: 80 + 80 of embedding and head, 256 of attention, 480 of the MLP, norms
  /// 24.
  @Test
  void energyOfALanguageModel() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 20, "vocab_size": 10}
            """);
    Object[] words = {"energy", config, "--prompt", 4, "--generate", 2, "--batch", 2};
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    assertTrue(json.path("prediction").asBoolean());
    assertTrue(json.path("description").asText().contains("llama of 920 parameters"));
    assertEquals(2, json.path("curve").size());
    JsonNode generation = json.path("curve").path(1);
    Outcome.assertKeys(generation, "phase", "tokens", "joulesPerToken", "cacheNanojoules", "gain");
    assertEquals(
        generation.path("totalNanojoules").asDouble() * 1e-9,
        2 * generation.path("joulesPerToken").asDouble(),
        1e-20);
    assertEquals("16", json.path("provenance").path("choices").path("weightBits").asText());
    JsonNode bits =
        Outcome.done(
                Outcome.joined(words, "--neuron", "pbit", "--samples", "1,2", "--format", "json"))
            .json();
    assertEquals(4, bits.path("curve").size());
    assertTrue(Outcome.done(Outcome.joined(words, "--layers")).out().contains("softmax"));
    assertTrue(Outcome.done(words).out().contains("prediction"));
    assertEquals(
        2,
        Outcome.done(Outcome.joined(words, "--break-even"))
            .out()
            .lines()
            .filter(line -> line.matches("(prompt|generation) +1 .*"))
            .count());
    Path page = folder.resolve("page");
    Outcome.done(Outcome.joined(words, "--chart", page));
    assertEquals(List.of("energy.csv"), figures(page));
    JsonNode series =
        new JsonMapper().readTree(page.resolve("figures/energy.json").toFile()).path("series");
    assertEquals("total", series.path(0).path("name").asText());
    assertEquals("dashed", series.path(0).path("stroke").asText());
    assertEquals("solid", series.path(1).path("stroke").asText());
    page = folder.resolve("layers");
    Outcome.done(Outcome.joined(words, "--layers", "--chart", page));
    assertEquals(
        List.of("energy-by-layer-generation.csv", "energy-by-layer-prompt.csv"), figures(page));
  }

  private Path config(String more) throws IOException {
    return Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 1, "torch_dtype": "float16",
         "num_attention_heads": 2, "intermediate_size": 20, "vocab_size": 10%s}
        """
            .formatted(more));
  }

  /// Whoever sees a number sees what it is for.
  @Test
  void tokensAndBatchAreSaidEverywhere() throws IOException {
    Path page = folder.resolve("page");
    Object[] words = {"energy", config(""), "--prompt", 4, "--generate", 2, "--batch", 3};
    String said = "Prompt of 4 tokens, 2 generated, batch 3.";
    String text = Outcome.done(Outcome.joined(words, "--chart", page)).out();
    assertTrue(text.startsWith(said + "\n"), text);
    assertTrue(text.contains(" total mJ/token ") && text.contains("\nConvention strict:\n"), text);
    for (String file : List.of("report.html", "report.md")) {
      assertTrue(Files.readString(page.resolve(file)).contains(said), file);
    }
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    JsonNode provenance = json.path("provenance");
    assertEquals(4, provenance.path("promptTokens").asInt());
    assertEquals(2, provenance.path("generatedTokens").asInt());
    assertEquals(3, provenance.path("batch").asInt());
    List<List<String>> rows = Outcome.done(Outcome.joined(words, "--format", "csv")).rows();
    assertEquals(List.of("phase", "tokens", "batch", "samples"), rows.getFirst().subList(0, 4));
    assertEquals(List.of("generation", "2", "3", "1"), rows.get(2).subList(0, 4));
    int total = rows.getFirst().indexOf("joulesPerToken");
    assertEquals(
        json.path("curve").path(1).path("joulesPerToken").asDouble(),
        Double.parseDouble(rows.get(2).get(total)));
    assertTrue(
        Outcome.done(Outcome.joined(words, "--weight-bits", 4)).out().contains("strict, changed:"));
  }

  /// The bits of weights decide the price: a warning that cannot be overlooked, unless they are
  /// given.
  @Test
  void bitsThatAreNotUnderstoodAreWarnedOf() throws IOException {
    Path config = config(", \"quantization_config\": {\"quant_method\": \"aqlm\"}");
    Outcome outcome = Outcome.done("energy", config);
    assertEquals(
        "pdnn: quantization_config (aqlm) is not understood; weights are taken to have 16 bits,"
            + " give their bits by --weight-bits\n",
        outcome.err());
    assertTrue(outcome.out().contains("quantization_config (aqlm) is not understood"));
    assertEquals("", Outcome.done("energy", config, "--weight-bits", 2).err());
  }

  /// 16 times 16 bits are 16 * 16 / 32^2 = 1/4 of a multiplication of 32 bits, 4 times 16 bits
  /// 1/16.
  @Test
  void narrowArithmeticSaysWhatItIsWorth() throws IOException {
    String text = Outcome.done("energy", config(""), "--layers").words();
    assertTrue(text.contains(" multiplications worth 32 bits (0.25 per MAC) x 1.31 pJ"), text);
    assertTrue(text.contains(" neurons/token "), text);
    String awq = ", \"quantization_config\": {\"quant_method\": \"awq\", \"bits\": 4}";
    String quantised = Outcome.done("energy", config(awq), "--layers", "--prompt", 2).out();
    assertTrue(quantised.contains("worth 32 bits (0.0625 per MAC)"), quantised);
    assertTrue(quantised.contains("\n  weights that are not quantised take 16 bits\n"), quantised);
  }

  private static List<String> figures(Path page) throws IOException {
    try (Stream<Path> files = Files.list(page.resolve("figures"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .sorted()
          .toList();
    }
  }

  @Test
  void technologiesAreListed() throws IOException {
    String text = Outcome.done("list", "technologies").out();
    assertTrue(text.contains("smtj7 (estimate): ") && text.contains("doi:"), text);
    JsonNode json = Outcome.done("list", "technologies", "--format", "json").json();
    assertEquals(12, json.path("technologies").size());
    Outcome.assertKeys(json.path("technologies").path(0), "name", "description", "estimate");
    Outcome.assertKeys(
        json.path("technologies").path(0).path("constants").path(0),
        "constant",
        "symbol",
        "value",
        "unit",
        "source",
        "page");
    String csv = Outcome.done("list", "technologies", "--format", "csv").out();
    assertTrue(
        csv.startsWith(
            "technology,constant,symbol,value,unit,page,source\nsram65,weightBit,e_wM,0.0384,"),
        csv);
    String estimate = Outcome.done("energy", "paper:vgg5", "--technology", "in-memory14").out();
    assertTrue(estimate.contains("in-memory14 (estimate)"), estimate);
    JsonNode chip = Outcome.done("energy", "paper:qmc", "--format", "json").json();
    assertEquals(0.13e-3, chip.path("curve").path(0).path("overheadNanojoules").asDouble(), 1e-12);
  }
}
