package org.pdnn.evaluation;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.pdnn.names.Limits;

/// What a result was computed with.
///
/// @param version of this project
/// @param jdk version of the Java runtime
/// @param cpu the processor's name, or its architecture where the system does not tell
/// @param processors how many the runtime may use
public record Environment(String version, String jdk, String cpu, int processors) {
  private static final File CPU_INFO = new File("/proc/cpuinfo");

  public Environment {
    Limits.atLeast("processors", 1, processors);
  }

  /// The environment of this process.
  public static Environment here() {
    return new Environment(
        builtVersion(),
        Runtime.version().toString(),
        processorName(),
        Runtime.getRuntime().availableProcessors());
  }

  private static String builtVersion() {
    try (InputStream text = Environment.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new IllegalStateException("version.txt is missing beside Environment.class");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalStateException("version.txt cannot be read", e);
    }
  }

  private static String processorName() {
    // Unlike a channel, a reader is not closed by an interrupt.
    try (BufferedReader lines =
        new BufferedReader(new FileReader(CPU_INFO, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }
}
