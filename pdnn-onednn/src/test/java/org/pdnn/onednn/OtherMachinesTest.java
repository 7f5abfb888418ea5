package org.pdnn.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sums of machines with fewer instructions, without the library, with little memory, or with
/// libtorch.
class OtherMachinesTest {
  private static final String SUMS = String.valueOf(SumsDigest.ofPlainJava());

  @TempDir Path folder;

  /// Without VNNI, sums of two products saturate at 16 bits, which the halved weights avoid.
  @ParameterizedTest
  @ValueSource(strings = {"AVX512_CORE", "AVX2_VNNI", "AVX2", "SSE41"})
  void theSumsOfLesserMachinesAreTheSame(String instructions)
      throws IOException, InterruptedException {
    List<String> said = Machine.in(folder).limitedTo(instructions).run(SumsDigest.class);
    assertTrue(said.getFirst().startsWith("onednn "), said.toString());
    assertEquals(SUMS, said.get(1), said.toString());
  }

  @Test
  void withoutTheLibraryPlainJavaRunsAndSaysSoOnce() throws IOException, InterruptedException {
    List<String> said = Machine.in(folder).withoutLibrary().run(SumsDigest.class);
    assertEquals(List.of("scalar", SUMS), said.subList(0, 2));
    assertEquals(3, said.size(), said.toString());
    assertTrue(
        said.get(2)
            .matches(
                "sums are computed in plain Java, many times slower: onednn cannot be used"
                    + " \\(org.bytedeco:dnnl for .* is not on the path\\)"),
        said.get(2));
  }

  @Test
  void thePropertyForcesPlainJava() throws IOException, InterruptedException {
    assertEquals(
        List.of("scalar", SUMS),
        Machine.in(folder).with("-Dpdnn.sums=scalar").run(SumsDigest.class));
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatAreKnown() throws IOException, InterruptedException {
    String said =
        String.join("\n", Machine.in(folder).with("-Dpdnn.sums=fast").run(SumsDigest.class));
    assertTrue(
        said.contains("-Dpdnn.sums=fast names no way to compute sums here; use onednn or scalar"),
        said);
  }

  @Test
  void memoryGoesWithTheProducts() throws IOException, InterruptedException {
    assertEquals(
        List.of("400 products of 4 MiB each"),
        Machine.in(folder).with("-XX:MaxDirectMemorySize=64m").run(Dropped.class));
  }

  /// Each has an OpenMP, which they share if libtorch is loaded first; training is the same, as a
  /// product leaves the threads of its caller as they were.
  @Test
  void libtorchAndOneDnnLiveInOneProcess() throws IOException, InterruptedException {
    Machine machine = Machine.in(folder);
    List<String> sumsFirst = machine.run(WithLibtorch.class, "sums", "training", "sums");
    List<String> trainingFirst = machine.run(WithLibtorch.class, "training", "sums", "training");
    String name = sumsFirst.getFirst();
    String trained = trainingFirst.getFirst();
    assertTrue(name.startsWith("onednn "), sumsFirst.toString());
    assertTrue(trained.startsWith("trained "), trainingFirst.toString());
    assertEquals(List.of(name, trained, name), sumsFirst);
    assertEquals(List.of(trained, name, trained), trainingFirst);
  }
}
