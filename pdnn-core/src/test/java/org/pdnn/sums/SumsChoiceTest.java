package org.pdnn.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which sums a machine uses, and what is said of it.
class SumsChoiceTest {
  private static final String SLOW = "sums are computed in plain Java, many times slower: ";

  /// A library as it should be.
  private static final SumsProvider GOOD = provider("good", Fake.of(product -> product));

  private static SumsProvider provider(String name, Sums sums) {
    return new SumsProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Sums load() {
        return sums;
      }
    };
  }

  private static final SumsProvider MISSING =
      new SumsProvider() {
        @Override
        public String name() {
          return "missing";
        }

        @Override
        public Sums load() throws UnavailableException {
          throw new UnavailableException("its files are gone", new AssertionError());
        }
      };

  /// Sums of plain Java under another name, changed.
  private record Fake(Change change) implements Sums {
    interface Change {
      PackedWeights of(PackedWeights right);
    }

    static Fake of(Change change) {
      return new Fake(change);
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public PackedWeights pack(Geometry geometry, int most, byte[] weights) {
      return change.of(new ScalarSums().pack(geometry, most, weights));
    }
  }

  /// Writes 7 to an integer of the target, by its distance from the end of the sums.
  private static Fake writing(long fromEnd, int odd) {
    return Fake.of(right ->
        (images, source, target) -> {
          Summation summation = right.summation(images, source, target);
          return () -> {
            summation.run();
            if (images % 2 == odd) {
              target.set(ValueLayout.JAVA_INT, target.byteSize() - fromEnd, 7);
            }
          };
        });
  }

  @Test
  void aLibraryIsUsedWhereThereIsOne() {
    try (Log log = new Log()) {
      assertEquals("fake", SumsChoice.choose("", List.of(GOOD)).name());
      assertEquals(List.of(), log.warnings());
    }
  }

  @Test
  void withoutALibraryPlainJavaRunsAndSaysSo() {
    try (Log log = new Log()) {
      assertEquals("scalar", SumsChoice.choose("", List.of()).name());
      assertEquals(
          List.of(SLOW + "there is no library for them; add the artifact pdnn-onednn"),
          log.warnings());
    }
  }

  @Test
  void aLibraryThatCannotBeLoadedIsReplaced() {
    try (Log log = new Log()) {
      assertEquals("scalar", SumsChoice.choose("", List.of(MISSING)).name());
      assertEquals(List.of(SLOW + "missing cannot be used (its files are gone)"), log.warnings());
    }
  }

  @Test
  void thePropertyForcesOne() {
    try (Log log = new Log()) {
      assertEquals("scalar", SumsChoice.choose("scalar", List.of(GOOD)).name());
      assertEquals("fake", SumsChoice.choose("good", List.of(MISSING, GOOD)).name());
      assertEquals(List.of(), log.warnings());
    }
  }

  @Test
  void aForcedLibraryThatIsNotThereIsAnError() {
    assertEquals(
        "-Dpdnn.sums=missing: missing cannot be used (its files are gone); use scalar",
        refusal("missing", List.of(MISSING)));
    assertEquals(
        "-Dpdnn.sums=onednn names no way to compute sums here; use good or scalar",
        refusal("onednn", List.of(GOOD)));
  }

  private static String refusal(String name, List<SumsProvider> libraries) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> SumsChoice.choose(name, libraries))
            .getMessage());
  }

  /// The library is wrong for odd numbers of images only.
  @Test
  void plainJavaComputesWhatALibraryComputesWrongly() {
    try (Log log = new Log()) {
      Sums sums = SumsChoice.choose("", List.of(provider("fake", writing(260, 1))));
      for (int images = 1; images <= 4; images++) {
        assertRight(images, sums);
      }
      assertEquals(1, log.warnings().size(), log.warnings().toString());
      assertTrue(
          log.warnings()
              .getFirst()
              .startsWith(
                  "some sums of fake are left to plain Java, many times slower: they are wrong on"
                      + " this machine; at first those of Trial["),
          log.warnings().toString());
    }
  }

  @Test
  void aLibraryThatWritesBeyondTheSumsIsNotTrusted() {
    try (Log log = new Log()) {
      assertRight(2, SumsChoice.choose("", List.of(provider("fake", writing(256, 0)))));
      assertEquals(1, log.warnings().size());
    }
  }

  @Test
  void plainJavaComputesWhatALibraryHasNoCodeFor() {
    Fake none =
        Fake.of(right ->
            (images, source, target) -> {
              throw new UnsupportedOperationException("no code for it");
            });
    try (Log log = new Log()) {
      assertRight(3, SumsChoice.choose("", List.of(provider("fake", none))));
      assertTrue(log.warnings().getFirst().contains("slower: no code for it; at first"));
    }
  }

  private static void assertRight(int images, Sums sums) {
    Operands operands = Operands.random(Geometry.dense(5, 3), images, 255, 2);
    assertArrayEquals(operands.sums(new ScalarSums()), operands.sums(sums));
  }
}
