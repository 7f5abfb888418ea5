package org.pdnn.onnx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEnvironmentTest {
  static final class Program {
    public static void main(String[] args) {
      System.out.println(OnnxEnvironment.get().getVersion() + " " + args[0].length());
    }
  }

  @Test
  void aLongCommandLineEndsNoProcess(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            "x".repeat(50_000));
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the process hangs");
    assertEquals(0, process.exitValue(), "a crash");
    assertTrue(Files.readString(said).strip().endsWith(" 50000"), Files.readString(said));
  }
}
