package org.pdnn.explorer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Division;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Readout;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.integer.WeightCodes;
import org.pdnn.names.Choice;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// A network in integers as `network.js` reads it: all numbers that [IntegerNetwork] has.
final class NetworkJson {
  private NetworkJson() {}

  /// @throws IllegalArgumentException if the page cannot run one of its layers
  static ObjectNode of(IntegerNetwork network) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode nodes = json.putArray("nodes");
    for (IntegerNetwork.Node node : network.nodes()) {
      ObjectNode one = layer(node);
      node.reads().forEach(one.putArray("reads")::add);
      one.set("values", values(node.values()));
      nodes.add(one);
    }
    json.put("lastPBits", network.lastPBits());
    boolean[] drawn = network.drawn();
    ArrayNode draws = json.putArray("drawn");
    for (boolean one : drawn) {
      draws.add(one);
    }
    return json;
  }

  private static ObjectNode layer(IntegerNetwork.Node node) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (node.layer()) {
      case IntegerLayer.Linear(WeightCodes weights, Affine affine) -> {
        json.put("kind", "linear").set("weights", weights(weights));
        json.set("affine", affine(affine, node.values()));
      }
      case IntegerLayer.Logits(WeightCodes weights, Readout readout) -> {
        if (node.values().pixels() > 1) {
          throw unknown("outputs by pixel");
        }
        json.put("kind", "logits").set("weights", weights(weights));
        ArrayNode scales = json.putArray("scales");
        ArrayNode biases = json.putArray("biases");
        for (int output = 0; output < node.values().units(); output++) {
          scales.add(readout.scale(output));
          biases.add(readout.bias(0, output));
        }
      }
      case IntegerLayer.PBits bits -> {
        json.put("kind", "pbits").put("address", bits.address());
        json.put("curve", Choice.name(bits.curve()));
        bits.pool().ifPresent(pool -> json.set("pool", window(pool)));
      }
      case IntegerLayer.Greatest(Window window) ->
          json.put("kind", "greatest").set("window", window(window));
      case IntegerLayer.Mean(Window window, Division division) ->
          json.put("kind", "mean")
              .put("multiplier", division.multiplier())
              .set("window", window(window));
      case IntegerLayer.Rescale _ -> throw unknown("scales without weights");
      case IntegerLayer.Sum _,
          IntegerLayer.Mixture _,
          IntegerLayer.Gate _,
          IntegerLayer.Concatenation _ ->
          throw unknown("joins");
      case IntegerLayer.Arrangement _ -> throw unknown("values in another order");
      case IntegerLayer.Levels _ -> throw unknown("deterministic neurons beside p-bits");
    }
    return json;
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "the explorer runs chains of weights, p-bits and pools, and this network has " + what);
  }

  private static ObjectNode weights(WeightCodes weights) {
    Geometry geometry = weights.geometry();
    if (geometry.transposed()) {
      throw unknown("transposed convolutions");
    }
    ObjectNode json = window(geometry.window());
    return json.put("channels", geometry.channels())
        .put("rowsRead", geometry.rows())
        .put("columnsRead", geometry.columns())
        .put("outputs", geometry.outputs())
        .put("outputColumns", geometry.outputColumns())
        .put("sums", geometry.sums())
        .put("groups", geometry.groups())
        .put("codes", Base64.getEncoder().encodeToString(weights.codes()));
  }

  private static ObjectNode affine(Affine affine, Values values) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("preShift", affine.preShift());
    ArrayNode multipliers = json.putArray("multipliers");
    ArrayNode shifts = json.putArray("shifts");
    for (int output = 0; output < affine.outputs(); output++) {
      multipliers.add(affine.multiplier(output));
      shifts.add(affine.shift(output));
    }
    ArrayNode biases = json.putArray("biases");
    for (int pixel = 0; pixel < (affine.byPixel() ? values.pixels() : 1); pixel++) {
      for (int output = 0; output < affine.outputs(); output++) {
        biases.add(affine.bias(pixel, output));
      }
    }
    return json;
  }

  private static ObjectNode window(Window window) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("down", axis(window.rows()));
    json.set("across", axis(window.columns()));
    return json;
  }

  private static ObjectNode axis(Window.Axis axis) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kernel", axis.kernel())
        .put("stride", axis.stride())
        .put("dilation", axis.dilation())
        .put("before", axis.before());
  }

  private static ObjectNode values(Values values) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("channels", values.channels())
        .put("rows", values.rows())
        .put("columns", values.columns());
  }

  /// The straight lines of a sigmoid's threshold.
  static ObjectNode lines() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode bases = json.putArray("bases");
    ArrayNode slopes = json.putArray("slopes");
    for (int segment = 0; segment < Threshold.SEGMENTS; segment++) {
      bases.add(Threshold.bases()[segment]);
      slopes.add(Threshold.slopes()[segment]);
    }
    return json;
  }
}
