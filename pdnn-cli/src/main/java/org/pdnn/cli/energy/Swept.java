package org.pdnn.cli.energy;

import java.math.BigDecimal;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;

/// What a curve runs over.
enum Swept {
  SAMPLES("samples", "T", "T = %s"),
  MEMORY("memoryPicojoulesPerBit", "pJ/bit", "%s pJ/bit"),
  WEIGHT_BITS("weightBits", "b_w", "b_w = %s"),
  FAN_IN("fanIn", "n", "n = %s");

  private final String key;
  private final String heading;
  private final String place;

  /// @param place a value within a sentence
  Swept(String key, String heading, String place) {
    this.key = key;
    this.heading = heading;
    this.place = place;
  }

  Column column() {
    return Column.of(key, heading);
  }

  String place(BigDecimal value) {
    return place.formatted(value.toPlainString());
  }

  Axis axis() {
    return switch (this) {
      case SAMPLES -> Axis.log2("Samples T", "");
      case MEMORY -> Axis.linear("Memory of the weights", "pJ/bit");
      case WEIGHT_BITS -> Axis.linear("Bits of a weight", "");
      case FAN_IN -> Axis.log2("Fan-in", "");
    };
  }
}
