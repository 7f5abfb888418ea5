package org.pdnn.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Model;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Precision;
import org.pdnn.server.ModelSource;
import org.pdnn.server.Served;
import org.pdnn.server.Server;
import org.pdnn.server.ServerOptions;

/// `infer_image`: pictures as the command has the server read them.
@Timeout(120)
class PictureRouteTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private static Path file;
  private static Server server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    file =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-16-10", Shape.of(1, 28, 28), 10);
    Served served = new Served("m", 1, Model.read(file), Precision.DEFAULT);
    server =
        Server.start(
            ServerOptions.local().reading(ServeCommand::picture),
            ModelSource.of(List.of(served)),
            _ -> {});
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static byte[] picture(String form, int size) throws IOException {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    SplittableRandom random = new SplittableRandom(size);
    for (int i = 0; i < size * size; i++) {
      picture.getRaster().setSample(i % size, i / size, 0, random.nextInt(256));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(picture, form, bytes));
    return bytes.toByteArray();
  }

  private static HttpResponse<String> ask(byte[] picture, String query) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%s/v2/models/m/infer_image%s"
                        .formatted(server.port(), query)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void refused(byte[] picture, String query, String sentence) throws Exception {
    HttpResponse<String> response = ask(picture, query);
    assertEquals(400, response.statusCode(), response.body());
    String error = JSON.readTree(response.body()).path("error").asText();
    assertTrue(error.startsWith(sentence), error);
  }

  @Test
  void aPictureHasTheAnswerOfPredict() throws Exception {
    for (String form : List.of("png", "jpeg")) {
      for (int size : new int[] {28, 40}) {
        byte[] picture = picture(form, size);
        Path path = Files.write(folder.resolve(size + "." + form), picture);
        JsonNode expected =
            Outcome.done(
                    "predict",
                    file,
                    path,
                    "--resize",
                    "--samples",
                    16,
                    "--seed",
                    3,
                    "--format",
                    "json")
                .json()
                .path("predictions")
                .path(0)
                .path("classes")
                .path(0);
        HttpResponse<String> response = ask(picture, "?samples=16&seed=3&resize=true&id=x");
        assertEquals(200, response.statusCode(), response.body());
        JsonNode reply = JSON.readTree(response.body());
        assertEquals("x", reply.path("id").asText());
        assertEquals(16, reply.path("parameters").path("samples_used").intValue());
        int label = reply.path("outputs").path(0).path("data").path(0).intValue();
        assertEquals(expected.path("class").asText(), String.valueOf(label));
        assertEquals(
            expected.path("probability").doubleValue(),
            reply.path("outputs").path(1).path("data").path(label).doubleValue());
      }
    }
  }

  @Test
  void whatIsNoPictureForTheModelIsRefusedInASentence() throws Exception {
    byte[] whole = picture("png", 28);
    refused(new byte[0], "", "the picture is not a PNG, JPEG,");
    refused("GIF87".getBytes(StandardCharsets.US_ASCII), "", "the picture is not");
    refused(Arrays.copyOf(whole, whole.length / 2), "", "the picture cannot be decoded");
    refused(picture("png", 40), "", "the picture has 40x40 pixels, but 28x28 are wanted");
    refused(whole, "?resize=2", "resize is true or false");
    refused(whole, "?sample=2", "unknown parameter 'sample'");
    refused(whole, "?samples=2&samples=3", "the query says 'samples' more than once");
    refused(whole, "?samples=NaN", "samples must be a whole number");
  }

  /// A few bytes that stand for 10^10 pixels: refused by the header, before memory is taken.
  @Test
  void aPictureThatUnpacksToTooMuchIsRefused() throws Exception {
    byte[] bomb = picture("png", 28);
    ByteBuffer header = ByteBuffer.wrap(bomb, 16, 8);
    header.putInt(100_000).putInt(100_000);
    CRC32 sum = new CRC32();
    sum.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb, 29, 4).putInt((int) sum.getValue());
    refused(bomb, "?resize=true", "the picture cannot be decoded (100000x100000 pixels are not");
  }
}
