package org.pdnn.circuit.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pdnn.files.JsonFields;
import org.pdnn.files.JsonFile;

/// A circuit as cells of an FPGA.
///
/// @param modules what each module takes by itself, without those in it, by name
/// @param total what all of them take
/// @param verilog the cells and their connections, under the circuit's name and ports
public record Netlist(SequencedMap<String, Resources> modules, Resources total, String verilog) {
  /// What a module takes by itself.
  public Resources module(String name) {
    Resources found = modules.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no module %s among %s".formatted(name, modules.keySet()));
    }
    return found;
  }

  /// What `stat -json` of Yosys wrote into a file; without the cells' Verilog.
  ///
  /// @throws IOException naming the file if it cannot be read as such
  public static Netlist counted(Family family, String top, Path file) throws IOException {
    // Yosys 0.23 also prints a line for each module of a deep hierarchy, which is not JSON.
    String json =
        Files.readAllLines(file).stream()
            .filter(line -> line.matches(".*[\"{}].*"))
            .collect(Collectors.joining("\n"));
    return JsonFile.parse(
        json.getBytes(StandardCharsets.UTF_8), file.toString(), counts -> of(family, top, counts));
  }

  /// What `stat -json` of Yosys counts.
  private static Netlist of(Family family, String top, JsonNode counts) {
    JsonNode modules = JsonFields.object(counts, "modules");
    SequencedMap<String, Resources> own = new LinkedHashMap<>();
    modules
        .propertyStream()
        .forEach(module -> own.put(module.getKey().substring(1), own(family, modules, module)));
    return new Netlist(own, total(own, modules, top), "");
  }

  private static Resources own(
      Family family, JsonNode modules, Map.Entry<String, JsonNode> module) {
    return JsonFields.object(module.getValue(), "num_cells_by_type")
        .propertyStream()
        .filter(cell -> !modules.has("\\" + cell.getKey()))
        .map(cell -> family.of(cell.getKey()).times(cell.getValue().longValue()))
        .reduce(Resources.NONE, Resources::plus);
  }

  private static Resources total(
      SequencedMap<String, Resources> own, JsonNode modules, String name) {
    return JsonFields.object(JsonFields.object(modules, "\\" + name), "num_cells_by_type")
        .propertyStream()
        .filter(cell -> own.containsKey(cell.getKey()))
        .map(cell -> total(own, modules, cell.getKey()).times(cell.getValue().longValue()))
        .reduce(own.getOrDefault(name, Resources.NONE), Resources::plus);
  }
}
