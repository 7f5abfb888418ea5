package org.pdnn.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Precision;
import org.pdnn.server.ModelSource;
import org.pdnn.server.Served;
import org.pdnn.server.Server;
import org.pdnn.server.ServerOptions;

/// The programs of the page on clients, against a server: those whose client is installed.
@Timeout(120)
class ClientsTest {
  private static final Path PAGE = Path.of("..", "docs", "how-to", "clients.md");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    Path file =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-16-10", Shape.of(1, 28, 28), 10);
    Served served = new Served("p5", 1, Model.read(file), Precision.DEFAULT);
    server =
        Server.start(
            ServerOptions.local().reading(ServeCommand::picture),
            ModelSource.of(List.of(served)),
            _ -> {});
    BufferedImage seven = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    assertTrue(ImageIO.write(seven, "png", folder.resolve("seven.png").toFile()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// The page's block of a language, for the server's port.
  private static String block(String language) throws IOException {
    Pattern fence = Pattern.compile("(?s)```" + language + "\\n(.*?)```");
    String text =
        fence.matcher(Files.readString(PAGE)).results().findFirst().orElseThrow().group(1);
    return text.replace("localhost:8080", "127.0.0.1:" + server.port());
  }

  private record Ended(int code, String out) {}

  private static Ended run(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out);
  }

  @Test
  void curlDescribesAModelAndAsksAboutAPicture() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no /usr/bin/curl");
    List<String> lines = block("bash").lines().toList();
    Ended described = run("/bin/sh", "-c", lines.getFirst());
    assertEquals("p5", JSON.readTree(described.out()).path("name").asText());
    JsonNode reply = JSON.readTree(run("/bin/sh", "-c", lines.get(1)).out());
    assertEquals(16, reply.path("parameters").path("samples_used").asInt(), reply.toString());
  }

  @Test
  void javaAsksWithADeadline() throws Exception {
    Path client = Files.writeString(folder.resolve("Client.java"), block("java"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Ended ended = run(java.toString(), client.toString());
    assertEquals(0, ended.code(), ended.out());
    JsonNode reply = JSON.readTree(ended.out());
    assertEquals("p5", reply.path("model_name").asText(), ended.out());
    assertTrue(reply.path("parameters").path("samples_used").asInt() >= 1, ended.out());
  }

  @Test
  void pythonSendsBinaryTensors() throws Exception {
    assumeTrue(
        Files.isExecutable(PYTHON)
            && run(PYTHON.toString(), "-c", "import numpy, tritonclient.http").code() == 0,
        "no /usr/bin/python3 with numpy and tritonclient[http]");
    Ended ended = run(PYTHON.toString(), "-c", block("python"));
    assertEquals(0, ended.code(), ended.out());
    assertTrue(ended.out().contains("samples_used"), ended.out());
  }
}
