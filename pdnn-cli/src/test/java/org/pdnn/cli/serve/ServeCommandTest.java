package org.pdnn.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Jvm;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;

/// `pdnn serve` as a process.
class ServeCommandTest {
  @TempDir private Path folder;

  /// A damaged file is told, the others are served; SIGTERM ends the server, which did all it
  /// should.
  @Test
  @Timeout(120)
  @DisabledOnOs(OS.WINDOWS)
  void aServerStartsWithWhatItCanReadAndEndsAsItShould() throws Exception {
    Path models = Files.createDirectories(folder.resolve("models"));
    SmallFiles.model(models.resolve("whole.safetensors"), "mlp:4-3-2", Shape.of(1, 2, 2), 2);
    Files.writeString(models.resolve("broken.safetensors"), "{}");
    Process process = Jvm.of().builder("serve", "--models", models, "--port", 0).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String line = lines.readLine();
      while (line != null && !line.contains("serving http")) {
        said.add(line);
        line = lines.readLine();
      }
      assertNotNull(line, said.toString());
      assertTrue(
          said.stream().anyMatch(told -> told.startsWith("pdnn: not serving model 'broken': ")),
          said.toString());
      URI whole = URI.create(line.substring(line.indexOf("http")));
      HttpResponse<String> described =
          client.send(HttpRequest.newBuilder(whole).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, described.statusCode(), described.body());
      process.toHandle().destroy();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
