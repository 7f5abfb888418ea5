package org.pdnn.circuit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;

/// A circuit in Verilog-2005: one clock, a synchronous reset, no primitive of a vendor, every width
/// written out.
///
/// @param files text by name: `MODULE.v` for each circuit, `MODULE_MEMORY.hex` for what a memory
///   holds at first, which `$readmemh` reads from the folder in which a tool runs
public record Verilog(Map<String, String> files) {
  public Verilog {
    files = Map.copyOf(files);
  }

  /// A circuit and all that is in it.
  ///
  /// @throws IllegalArgumentException if two different circuits in it have one name
  public static Verilog of(Circuit circuit) {
    SequencedMap<String, Circuit> modules = new LinkedHashMap<>();
    collect(circuit, modules);
    Map<String, String> files = new TreeMap<>();
    for (Circuit module : modules.values()) {
      files.put(module.name() + ".v", VerilogModule.text(module));
      for (Part part : module.parts()) {
        if (part instanceof Memory memory) {
          files.put(image(module, memory), hex(memory));
        }
      }
    }
    return new Verilog(files);
  }

  private static void collect(Circuit circuit, Map<String, Circuit> modules) {
    for (Part part : circuit.parts()) {
      if (part instanceof Instance instance) {
        collect(instance.circuit(), modules);
      }
    }
    Circuit before = modules.putIfAbsent(circuit.name(), circuit);
    if (before != null && !before.equals(circuit)) {
      throw new IllegalArgumentException("two different circuits have the name " + circuit.name());
    }
  }

  /// The name of a memory's file.
  static String image(Circuit circuit, Memory memory) {
    return circuit.name() + "_" + memory.name() + ".hex";
  }

  private static String hex(Memory memory) {
    int digits = Math.ceilDiv(memory.width(), 4);
    StringBuilder hex = new StringBuilder();
    for (long word : memory.contents()) {
      String shown = Long.toHexString(word);
      hex.repeat('0', digits - shown.length()).append(shown).append('\n');
    }
    return hex.toString();
  }

  /// Writes all files.
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
