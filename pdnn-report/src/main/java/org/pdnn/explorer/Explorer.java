package org.pdnn.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.pdnn.files.AtomicFile;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.InputForm;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.report.Page;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;

/// The page: HTML, a style sheet, scripts, and all they compute with as JSON.
public final class Explorer {
  private static final String TITLE = "More samples or more bits?";

  /// More would not fit the page.
  private static final long MOST_BYTES = 3_000_000;

  /// In the order in which they need each other.
  private static final List<String> SCRIPTS =
      List.of(
          "philox.js",
          "schemes.js",
          "address.js",
          "network.js",
          "answer.js",
          "energy.js",
          "verdict.js",
          "words.js",
          "drawing.js",
          "raster.js",
          "labels.js",
          "plots.js",
          "formulas.js",
          "explorer.js");

  private Explorer() {}

  /// Makes or replaces `file`. Equal subjects are equal files.
  ///
  /// @throws IllegalArgumentException if the page cannot run the network, or would be too large
  public static void write(Explored explored, Path file) throws IOException {
    byte[] page = page(explored);
    AtomicFile.write(file, out -> out.write(page));
  }

  /// The page as UTF-8, to be written or served.
  ///
  /// @throws IllegalArgumentException if the page cannot run the network, or would be too large
  public static byte[] page(Explored explored) {
    byte[] page =
        Page.of(
                TITLE,
                resource("explorer.css"),
                resource("explorer.html"),
                data(explored),
                SCRIPTS.stream().map(Explorer::resource).toList())
            .getBytes(StandardCharsets.UTF_8);
    if (page.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the page would have %s bytes, and may have %s; explore a network of fewer weights"
              .formatted(page.length, MOST_BYTES));
    }
    return page;
  }

  private static ObjectNode data(Explored explored) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Network network = explored.model().network();
    json.set("input", input(explored));
    explored.classes().forEach(json.putArray("classes")::add);
    json.set("examples", examples(explored));
    json.put("seed", explored.seed());
    json.set("lines", NetworkJson.lines());
    ArrayNode schemes = json.putArray("schemes");
    // The page draws all passes and shows as many as its reader wants.
    explored.questions().getFirst().trials().stream()
        .flatMap(trial -> trial.setting().scheme().stream())
        .filter(Scheme::anytime)
        .distinct()
        .sorted()
        .forEach(scheme -> schemes.add(scheme.toString()));
    PriceJson prices = new PriceJson(Pricing.strict(explored.technology()));
    ArrayNode widths = json.putArray("widths");
    for (Question question : explored.questions()) {
      Precision weights = question.trials().getFirst().setting().weights();
      ObjectNode one = prices.question(question);
      one.put("weights", weights.toString());
      one.set("network", NetworkJson.of(lowered(network, weights)));
      widths.add(one);
    }
    json.set("works", prices.works());
    json.set("operations", PriceJson.operations());
    json.set("technologies", prices.technologies());
    ObjectNode provenance = json.putObject("provenance");
    explored.provenance().forEach(provenance::put);
    return json;
  }

  private static IntegerNetwork lowered(Network network, Precision weights) {
    WeightFormat format =
        weights
            .weights()
            .orElseThrow(() -> new IllegalArgumentException("the explorer samples in integers"));
    return Lowering.of(network, format, weights.grid()).result();
  }

  /// What each byte of a pixel becomes: the value that the network reads, and its code.
  private static JsonNode input(Explored explored) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", explored.image().dimension(1)).put("columns", explored.image().dimension(2));
    InputForm form = explored.model().input();
    InputGrid grid = InputGrid.of(form);
    ArrayNode values = json.putArray("values");
    ArrayNode codes = json.putArray("codes");
    for (int pixel = 0; pixel < 256; pixel++) {
      float read = pixel / 255f;
      float value =
          form.normalises() ? (read - form.mean().getFirst()) / form.std().getFirst() : read;
      values.add(Float.floatToIntBits(value));
      codes.add(grid.code(value));
    }
    return json;
  }

  private static ArrayNode examples(Explored explored) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Explored.Example example : explored.examples()) {
      byte[] pixels = new byte[example.pixels().size()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = example.pixels().get(i).byteValue();
      }
      json.addObject()
          .put("label", example.label())
          .put("pixels", Base64.getEncoder().encodeToString(pixels));
    }
    return json;
  }

  private static String resource(String name) {
    try (InputStream in = Explorer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read %s from the class path".formatted(name), e);
    }
  }
}
