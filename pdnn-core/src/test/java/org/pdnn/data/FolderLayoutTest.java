package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Where the pictures of a folder lie, and which of them test.
class FolderLayoutTest {
  @TempDir private Path folder;

  /// A grey picture of 2x1 pixels that no other number has.
  private void picture(String path, int number) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "P2 2 1 255 %s %s".formatted(number % 256, number / 256));
  }

  private DataSet read() throws IOException {
    return ImageFolder.read("x", folder);
  }

  private static int number(Images images, int index) {
    float[] pixels = new float[2];
    images.read(index, pixels, 0);
    return Math.round(255 * pixels[0]) + 256 * Math.round(255 * pixels[1]);
  }

  private static int[] numbers(Images images) {
    return IntStream.range(0, images.count()).map(i -> number(images, i)).sorted().toArray();
  }

  private static int count(Images images, int label) {
    return (int) IntStream.range(0, images.count()).filter(i -> images.label(i) == label).count();
  }

  @Test
  void classesWithTheSameFileNamesAreSplitByContentOneInSixEach() throws IOException {
    for (int i = 0; i < 600; i++) {
      picture("%s/%s.pgm".formatted("abc".charAt(i / 200), i % 200), i);
    }
    DataSet set = read();
    assertEquals(600, set.training().count() + set.test().count());
    for (int label = 0; label < 3; label++) {
      // 33 of 200 and 3 deviations of 5; the seed is the content.
      assertEquals(33, count(set.test(), label), 16);
    }
    assertTrue(set.note().startsWith("About one image in 6 of each class"), set.note());
  }

  @Test
  void everyClassOfTwoOrMoreHasATestImageAndOneToTrainOn() throws IOException {
    for (int i = 0; i < 40; i++) {
      picture("c%02d/1.pgm".formatted(i), 2 * i);
      picture("c%02d/2.pgm".formatted(i), 2 * i + 1);
    }
    picture("single/1.pgm", 1000);
    DataSet set = read();
    for (int label = 0; label < 40; label++) {
      assertEquals(1, count(set.training(), label));
      assertEquals(1, count(set.test(), label));
    }
    assertEquals(1, count(set.training(), 40));
    assertTrue(set.note().endsWith("There are no test images of single."), set.note());
  }

  @Test
  void theSplitDoesNotDependOnNamesNorOnOtherImages() throws IOException {
    for (int i = 0; i < 60; i++) {
      picture("%s/%s.pgm".formatted(i % 2 == 0 ? "a" : "b", i), i);
    }
    int[] test = numbers(read().test());
    picture("a/new.pgm", 777);
    Files.move(folder.resolve("a/0.pgm"), folder.resolve("a/renamed.pgm"));
    Files.move(folder.resolve("b"), folder.resolve("other"));
    int[] grown = Arrays.stream(numbers(read().test())).filter(n -> n != 777).toArray();
    assertEquals(Arrays.toString(test), Arrays.toString(grown));
  }

  static Stream<Arguments> splits() {
    String measured = "The images of %s are the test images.";
    String left = "The 2 images of %s are left out, neither trained on nor measured.";
    return Stream.of(
        arguments(List.of("train", "test"), 1, ""),
        arguments(List.of("Train", "TEST"), 1, ""),
        arguments(List.of("training", "testing"), 1, ""),
        arguments(List.of("train", "val"), 1, measured.formatted("val")),
        arguments(List.of("TRAIN", "Valid"), 1, measured.formatted("Valid")),
        arguments(List.of("train", "test", "valid"), 1, left.formatted("valid")),
        arguments(List.of("train", "test", "validation"), 1, left.formatted("validation")),
        arguments(List.of("wrapped/set/train", "wrapped/set/test"), 1, ""));
  }

  @ParameterizedTest
  @MethodSource("splits")
  void foldersNamedAsPartsAreTheSplit(List<String> parts, int test, String note)
      throws IOException {
    for (int part = 0; part < parts.size(); part++) {
      for (int i = 0; i < 2; i++) {
        picture("%s/%s/1.pgm".formatted(parts.get(part), i == 0 ? "cat" : "dog"), 10 * part + i);
      }
    }
    DataSet set = read();
    assertEquals("[0, 1]", Arrays.toString(numbers(set.training())));
    assertEquals("[10, 11]", Arrays.toString(numbers(set.test())));
    assertEquals(List.of("cat", "dog"), set.training().classNames());
    assertEquals(note, set.note());
  }

  @Test
  void twoFoldersForOnePartAndATestWithoutTrainingAreRefused() throws IOException {
    picture("test/a/1.pgm", 1);
    picture("val/a/1.pgm", 2);
    Refusal.of(this::read, "has no folder train; put the training images there");
    picture("train/a/1.pgm", 3);
    picture("valid/a/1.pgm", 4);
    Refusal.of(this::read, "are the same part; keep one");
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("%s/%s.pgm".formatted(i < 10 ? "plane" : "train", i), i);
    }
    assertEquals(List.of("plane", "train"), read().training().classNames());
  }

  @Test
  void picturesInSubfoldersBelongToTheirClassAndOtherFilesAreCounted() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("a/%s.pgm".formatted(i), i);
      picture("a/more/still/%s.pgm".formatted(i), 100 + i);
      picture("b/%s.pgm".formatted(i), 200 + i);
    }
    picture("b/.hidden.pgm", 1);
    picture("__MACOSX/a/1.pgm", 1);
    Files.writeString(folder.resolve("a/1.heic"), "");
    Files.writeString(folder.resolve("b/1.HEIC"), "");
    Files.writeString(folder.resolve("b/more"), "");
    Files.writeString(folder.resolve("readme.txt"), "");
    Files.createSymbolicLink(folder.resolve("b/lost.png"), folder.resolve("nowhere"));
    DataSet set = read();
    assertEquals(60, set.training().count() + set.test().count());
    assertEquals(2, set.training().classes());
    assertTrue(
        set.note()
            .endsWith(
                "5 files are left out, as they are not readable pictures"
                    + " (2 .heic, 1 without ending, 1 pipe, device or broken link, 1 .txt)."),
        set.note());
  }

  @Test
  void aLinkToAFolderAboveIsNamed() throws IOException {
    picture("a/1.pgm", 1);
    picture("b/1.pgm", 1);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    Refusal.of(this::read, "cannot be listed", "check its permissions and links");
  }

  @Test
  void imagesOfAFolderComeMixed() throws IOException {
    for (int i = 0; i < 90; i++) {
      picture("%s/%02d.pgm".formatted("abc".charAt(i / 30), i), i);
    }
    Images training = read().training();
    int[] order = IntStream.range(0, training.count()).map(i -> number(training, i)).toArray();
    assertNotEquals(Arrays.toString(order), Arrays.toString(numbers(training)));
    for (int label = 0; label < 3; label++) {
      assertEquals(5, count(training.first(15), label), 1.5);
    }
  }

  @Test
  void aListMayBeginWithAByteOrderMarkAndNameClasses() throws IOException {
    String lines =
        "\uFEFFFile,Split,Class\r\n1.pgm,train,dog\r\nb, a.pgm,test,cat\r\n3.pgm,train,cat\r\n";
    Files.writeString(folder.resolve("list.csv"), lines);
    picture("1.pgm", 1);
    picture("b, a.pgm", 2);
    picture("3.pgm", 3);
    DataSet set = read();
    assertEquals(List.of("cat", "dog"), set.training().classNames());
    assertEquals(1, set.training().label(0));
    assertEquals(2, number(set.test(), 0));
    Files.writeString(
        folder.resolve("list.csv"), "1.pgm,test,dog\n", java.nio.file.StandardOpenOption.APPEND);
    Refusal.of(this::read, "line 5: names an image again");
  }

  @Test
  void aListPrintsNothingThatATerminalObeys() throws IOException {
    picture("a.pgm", 1);
    Files.writeString(
        folder.resolve("list.csv"),
        "file,split\na.pgm,\u001b]0;owned\u0007\u001b[2J" + "x".repeat(999));
    String message = Refusal.of(this::read, "line 2: the split must be train, valid or test");
    assertTrue(message.chars().allMatch(c -> c >= ' '), message);
    assertTrue(message.length() < folder.toString().length() + 200, message);
  }

  @Test
  void aSetOfPicturesIsBoundedBeforeItIsDecoded() throws IOException {
    for (int i = 0; i < 20; i++) {
      picture("%s/%s.pgm".formatted(i % 2 == 0 ? "a" : "b", i), i);
    }
    MemoryBudget enough = new MemoryBudget(20 * (2 + 32));
    assertEquals(2, ImageFolder.read("x", folder, enough).training().classes());
    Refusal.of(
        () -> ImageFolder.read("x", folder, new MemoryBudget(20 * (2 + 32) - 1)),
        "holds 20 images of 2 values",
        "set PDNN_MEMORY");
  }
}
