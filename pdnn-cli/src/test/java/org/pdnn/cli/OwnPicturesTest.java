package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.TrainedOn;

/// A user's own folder, a class after the other: every choice of images holds all classes, and the
/// model knows its data by name.
class OwnPicturesTest {
  private static final List<String> CLASSES =
      IntStream.range(0, 10).mapToObj(label -> "digit_" + label).toList();

  @TempDir static Path folder;
  private static Path data = Path.of("data");
  private static Path model = Path.of("model");
  private static Outcome training = new Outcome(0, "", "");

  @BeforeAll
  static void train() throws IOException {
    data = SmallFiles.pictures(folder.resolve("data"), 60);
    model = folder.resolve("p.safetensors");
    training =
        Outcome.done(
            "train",
            "--data",
            data,
            "--network",
            "mlp:784-32-10",
            "--epochs",
            8,
            "--learning-rate",
            0.01,
            "--mean",
            0.25,
            "--std",
            0.5,
            "--validation",
            60,
            "--out",
            model,
            "--format",
            "json");
  }

  /// With the last class held out instead, the accuracy was 0.
  @Test
  void everyClassIsLearntAndValidatedOn() throws IOException {
    double accuracy = training.json().path("validationAccuracy").asDouble();
    assertTrue(accuracy > 0.4, "accuracy " + accuracy);
  }

  @Test
  void theModelRemembersWhatItLearntAndHowItReadsPixels() throws IOException {
    Model read = Model.read(model);
    assertEquals(CLASSES, read.trainedOn().orElseThrow().classes());
    assertEquals(data.toString(), read.trainedOn().orElseThrow().data());
    assertEquals(
        new InputForm(InputForm.Axes.CHANNELS_FIRST, List.of(0.25f), List.of(0.5f)), read.input());
  }

  /// Without --data on what it learnt, which is said; and no second word if they are the same.
  @Test
  void aModelIsMeasuredOnWhatItLearnt() throws IOException {
    Outcome own = evaluate(model);
    assertEquals(1, complaints(own).size(), own.err());
    assertTrue(own.err().contains("pdnn: on " + data + ", which " + model + " was trained on"));
    Outcome named = evaluate(model, "--data", data);
    assertEquals(List.of(), complaints(named));
    assertEquals(named.json().path("curve"), own.json().path("curve"));
    JsonNode twin = own.json().path("deterministic");
    assertEquals("deterministic", twin.path("scheme").asText(), "no scheme, as in CSV");
    assertTrue(named.json().path("curve").path(0).path("accuracy").asDouble() > 0.4);
  }

  @Test
  void otherDataAreSaidToBeOther() throws IOException {
    Path other = SmallFiles.digits(folder.resolve("other"), 10, 20);
    Outcome outcome = evaluate(model, "--data", other);
    assertEquals(
        List.of(
            "pdnn: %s was trained on other data: its classes are digit_0, digit_1, digit_2, digit_3, digit_4, digit_5, digit_6, digit_7, digit_8, digit_9, those of other are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, taken to be in the same order"
                .formatted(model)),
        complaints(outcome));
  }

  /// Folders of two of the classes: each has the number that the model knows it by, and all images
  /// are measured, as it learnt from none of them.
  @Test
  void classesAreFoundByNameInAFolderOfSome() throws IOException {
    Path some = folder.resolve("some");
    for (String name : List.of("digit_3", "digit_8")) {
      Path from = data.resolve("test").resolve(name);
      Path to = Files.createDirectories(some.resolve(name));
      try (var files = Files.list(from)) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    Outcome outcome = Outcome.done("confusion", model, "--data", some, "--format", "json");
    assertTrue(outcome.err().contains("all 40 images of some are measured"), outcome.err());
    assertEquals("some test", outcome.json().path("data").asText());
    JsonNode classes = outcome.json().path("classes");
    for (JsonNode each : classes) {
      boolean there = some.resolve(each.path("class").asText()).toFile().exists();
      assertEquals(there ? 20 : 0, each.path("images").asInt(), each.toString());
      assertTrue(!there || each.path("accuracy").asDouble() > 0.2, each.toString());
    }
    Files.move(some.resolve("digit_8"), some.resolve("eight"));
    String told = Outcome.refused(2, "evaluate", model, "--data", some);
    assertTrue(told.startsWith(model + " knows the classes digit_0, "), told);
    assertTrue(told.contains("and not eight of some; give folders the names"), told);
  }

  @Test
  void onePileOfPicturesIsNoClassifiersData() throws IOException {
    Path pile = data.resolve("test").resolve("digit_1");
    String told = Outcome.refused(2, "train", "--data", pile, "--out", folder.resolve("x.st"));
    assertTrue(told.contains("has one class") && told.contains("a subfolder of its own"), told);
  }

  @Test
  void whatIsGoneIsNamed() throws IOException {
    Path moved = folder.resolve("moved.safetensors");
    Model read = Model.read(model);
    Path gone = folder.resolve("gone");
    var learnt = read.trainedOn().orElseThrow();
    new Model(
            read.network(),
            read.input(),
            java.util.Optional.of(
                new org.pdnn.network.TrainedOn(
                    gone.toString(),
                    learnt.trainingSha256(),
                    learnt.testSha256(),
                    learnt.classes())),
            read.notes())
        .write(moved);
    assertEquals(
        "%s was trained on '%s', which is not here; name the data by --data"
            .formatted(moved, org.pdnn.names.Printable.of(gone.toString())),
        Outcome.refused(2, "evaluate", moved));
  }

  /// A p-DNN made of a model that reads normalised pixels reads them so, too.
  @Test
  void conversionCalibratesOnAllClassesAndHandsOnWhatIsRemembered() throws IOException {
    Path converted = folder.resolve("c.safetensors");
    JsonNode json =
        Outcome.done(
                "convert",
                model,
                "--data",
                data,
                "--calibration",
                100,
                "--images",
                50,
                "--samples",
                4,
                "--seeds",
                1,
                "--fine-tune",
                0,
                "--out",
                converted,
                "--format",
                "json")
            .json();
    double before = json.path("curve").path(0).path("accuracy").asDouble();
    JsonNode last = json.path("curve").path(json.path("curve").size() - 1);
    assertEquals("independent", last.path("scheme").asText());
    double after = last.path("accuracy").asDouble();
    assertTrue(before > 0.4 && after > before - 0.2, json.toString());
    assertEquals(Model.read(model).input(), Model.read(converted).input());
    TrainedOn learnt = Model.read(model).trainedOn().orElseThrow();
    // A conversion is fitted to training images of all kinds, and holds none out.
    assertEquals(
        new TrainedOn(
            learnt.data(), learnt.trainingSha256(), learnt.testSha256(), learnt.classes()),
        Model.read(converted).trainedOn().orElseThrow());
    Path plain = folder.resolve("plain.safetensors");
    Outcome.done("convert", model, "--unmeasured", "--mean", 0, "--std", 1, "--out", plain);
    assertEquals(List.of(0f), Model.read(plain).input().mean());
    assertEquals(Model.read(model).trainedOn(), Model.read(plain).trainedOn());
    assertTrue(Files.exists(plain));
    Outcome.done("convert", model, "--unmeasured", "--normalise", "-1..1", "--out", plain);
    assertEquals(List.of(0.5f), Model.read(plain).input().mean());
    assertEquals(List.of(0.5f), Model.read(plain).input().std());
    assertEquals(
        "unknown normalisation 'imagnet' (did you mean 'imagenet'?); use imagenet, cifar10, mnist,"
            + " -1..1, or --mean and --std",
        Outcome.refused(
            2, "convert", model, "--unmeasured", "--normalise", "imagnet", "--out", plain));
  }

  private static Outcome evaluate(Object... words) {
    return Outcome.done(
        Outcome.joined(
            new Object[] {"evaluate"},
            Outcome.joined(words, "--samples", 8, "--seeds", 2, "--format", "json")));
  }

  private static List<String> complaints(Outcome outcome) {
    return outcome.err().lines().filter(line -> line.startsWith("pdnn: ")).toList();
  }
}
