package org.pdnn.circuit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.pdnn.circuit.synthesis.Tool;

/// Programs of others that read Verilog.
public final class Tools {
  private static final Duration MOST = Duration.ofMinutes(10);

  private Tools() {}

  /// Whether a program is on the PATH.
  public static boolean found(String program) {
    return tool(program).path().isPresent();
  }

  /// Runs a program, which must succeed; one with a slash is one that another has made.
  ///
  /// @return what it printed
  public static String run(Path folder, String... command) throws IOException {
    List<String> arguments = Arrays.asList(command).subList(1, command.length);
    if (!command[0].contains("/")) {
      return tool(command[0]).run(folder, MOST, arguments);
    }
    command[0] = folder.resolve(command[0]).toString();
    return Tool.run("the simulation", folder, MOST, List.of(command));
  }

  private static Tool tool(String program) {
    return Arrays.stream(Tool.values())
        .filter(tool -> tool.toString().equals(program))
        .findFirst()
        .orElseThrow();
  }
}
