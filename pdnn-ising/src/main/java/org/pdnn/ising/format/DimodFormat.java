package org.pdnn.ising.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.pdnn.files.JsonFields;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.SpinGlass;
import org.pdnn.names.Limits;

/// A binary quadratic model as dimod's `to_serializable` gives it to JSON, schema 3: biases by
/// variable, interactions as heads, tails and biases, spins or bits, and an offset. Variables keep
/// their order; their labels are not read.
final class DimodFormat {
  private DimodFormat() {}

  static Problem read(JsonNode json) {
    if (!json.isObject() || !JsonFields.text(json, "type").equals("BinaryQuadraticModel")) {
      throw new IllegalArgumentException("'type' is not BinaryQuadraticModel, as dimod writes it");
    }
    if (json.path("use_bytes").asBoolean()) {
      throw new IllegalArgumentException("'use_bytes' is true; write it with use_bytes=False");
    }
    int size = JsonFields.integer(json, "num_variables");
    Limits.between("num_variables", 1, IsingModel.MOST_SPINS, size);
    double offset = JsonFields.number(json, "offset");
    JsonNode linear = array(json, "linear_biases", size);
    int count = JsonFields.integer(json, "num_interactions");
    JsonNode biases = array(json, "quadratic_biases", count);
    JsonNode heads = array(json, "quadratic_head", count);
    JsonNode tails = array(json, "quadratic_tail", count);
    String type = JsonFields.text(json, "variable_type");
    return switch (type) {
      case "SPIN" -> {
        IsingModel.Builder model = IsingModel.of(size);
        for (int spin = 0; spin < size; spin++) {
          model.field(spin, -number(linear.get(spin)));
        }
        for (int k = 0; k < count; k++) {
          model.couple(
              variable(heads.get(k), size), variable(tails.get(k), size), -number(biases.get(k)));
        }
        yield new SpinGlass(model.build(), number(json.get("offset")));
      }
      case "BINARY" -> {
        QuadraticForm form = new QuadraticForm(size).add(offset);
        for (int bit = 0; bit < size; bit++) {
          form.add(bit, number(linear.get(bit)));
        }
        for (int k = 0; k < count; k++) {
          form.add(
              variable(heads.get(k), size), variable(tails.get(k), size), number(biases.get(k)));
        }
        yield Qubo.of(form);
      }
      default -> throw new IllegalArgumentException("'variable_type' is neither SPIN nor BINARY");
    };
  }

  private static JsonNode array(JsonNode json, String key, int size) {
    JsonNode array = json.path(key);
    if (!array.isArray() || array.size() != size) {
      throw new IllegalArgumentException(
          "'%s' is not a list of %s; the file was cut off".formatted(key, size));
    }
    return array;
  }

  private static double number(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new IllegalArgumentException("a bias must be a finite number, got " + value);
    }
    return value.doubleValue();
  }

  private static int variable(JsonNode value, int size) {
    if (!value.isInt()) {
      throw new IllegalArgumentException("a variable must be a whole number, got " + value);
    }
    Limits.between("a variable", 0, size - 1, value.intValue());
    return value.intValue();
  }
}
