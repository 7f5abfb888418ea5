package org.pdnn.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Nearest;

/// What a machine is made of: one constant for each operation.
///
/// @param name as on the command line
/// @param description one line for reports
/// @param estimate whether its constants are guesses of what such a machine will take; outputs say
///   so
/// @param constants one for every required operation; a missing cost is an error, never 0
public record Technology(
    String name, String description, boolean estimate, Map<Operation, Constant> constants) {
  /// Those whose data ship with the project.
  public static final List<String> NAMES =
      List.of(
          "sram65",
          "hbm2-sram65",
          "fpga-bram",
          "qmc65",
          "horowitz45-sram",
          "horowitz45-dram",
          "horowitz45-float-dram",
          "jouppi7-sram",
          "jouppi7-hbm2",
          "jouppi7-float-hbm2",
          "smtj7",
          "in-memory14");

  public Technology {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a technology needs a name");
    }
    EnumMap<Operation, Constant> copy = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      Constant constant = constants.get(operation);
      if (constant == null) {
        if (!operation.required()) {
          continue;
        }
        throw new IllegalArgumentException(
            "constant '%s' (%s) is missing".formatted(operation.key(), operation.symbol()));
      }
      if (constant.operation() != operation) {
        throw new IllegalArgumentException(
            "constant '%s' stands in the place of '%s'"
                .formatted(constant.operation().key(), operation.key()));
      }
      copy.put(operation, constant);
    }
    constants = Collections.unmodifiableMap(copy);
  }

  /// A shipped technology.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public static Technology named(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    if (!NAMES.contains(key)) {
      throw new IllegalArgumentException(
          "unknown technology '%s'%s; use %s or a technology file"
              .formatted(name, Nearest.suggestion(key, NAMES), String.join(", ", NAMES)));
    }
    String resource = key + ".json";
    try (InputStream in = Technology.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is not in the jar");
      }
      return TechnologyFile.parse(in.readAllBytes(), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a user's technology file, in the format of the shipped ones.
  ///
  /// @throws IOException in one sentence with the file, the constant and the rule it breaks
  public static Technology read(Path file) throws IOException {
    return JsonFile.read(file, "technology file", TechnologyFile::technology);
  }

  /// The energy of one operation. Keys and values without a memory of their own lie with the
  /// weights; a technology without overhead has none.
  public Joules cost(Operation operation) {
    Constant constant = constants.get(operation);
    if (constant != null) {
      return constant.energy();
    }
    return switch (operation) {
      case CACHE_BIT -> cost(Operation.WEIGHT_BIT);
      case OVERHEAD -> Joules.ZERO;
      case WEIGHT_BIT, ACTIVATION_BIT, MULTIPLY, ADD, ACTIVATE, DRAW, COMPARE ->
          throw new AssertionError("the constructor saw every required operation");
    };
  }

  /// The same technology with another weight memory.
  public Technology withWeightMemory(Joules perBit) {
    return with(Operation.WEIGHT_BIT, perBit);
  }

  /// The same technology with another activation memory.
  public Technology withActivationMemory(Joules perBit) {
    return with(Operation.ACTIVATION_BIT, perBit);
  }

  /// The same technology with another constant, chosen by the caller.
  public Technology with(Operation operation, Joules energy) {
    EnumMap<Operation, Constant> changed = new EnumMap<>(constants);
    changed.put(
        operation, new Constant(operation, energy, "chosen by the caller", "not published"));
    return new Technology(name, description, estimate, changed);
  }

  /// Its name, with a mark if it is an estimate.
  @Override
  public String toString() {
    return estimate ? name + " (estimate)" : name;
  }
}
