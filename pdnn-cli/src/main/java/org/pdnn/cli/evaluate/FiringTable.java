package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.FiringRates;

/// `--firing-rates`: how often the bits that each layer of weights reads are 1, in the form that
/// `pdnn energy --additions` takes.
final class FiringTable {
  /// Images that the rates are measured on; their noise is below a thousandth in hidden layers of a
  /// thousand bits.
  static final int IMAGES = 64;

  private static final int SAMPLES = 2;

  private FiringTable() {}

  /// Measures the rates on all these images.
  static OutputOptions.Document of(Network network, Images images, long seed) {
    float[][] inputs = LabelledInputs.of(images).read(0, images.count(), network.input().size());
    List<Double> rates = FiringRates.of(network, List.of(inputs), SAMPLES, new Philox(seed));
    TextTable table = new TextTable("layer of weights", "share of 1");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("images", images.count()).put("samples", SAMPLES).put("seed", seed);
    for (double rate : rates) {
      table.row(String.valueOf(json.withArray("firingRates").size()), decimal(rate));
      json.withArray("firingRates").add(rate);
    }
    String additions = rates.stream().map(FiringTable::decimal).collect(Collectors.joining(","));
    json.put("additions", additions);
    table.after("For pdnn energy: --additions " + additions);
    return new OutputOptions.Document(table, json);
  }

  private static String decimal(double rate) {
    return rate == 1 ? "1" : String.format(Locale.ROOT, "%.4f", rate);
  }
}
