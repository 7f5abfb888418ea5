package org.pdnn.sampling.pbits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The choice of a kernel, and vectors of other widths, in virtual machines of their own.
class PBitKernelsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String DIGEST = "%x".formatted(PBitCases.digest(new ScalarPBits()));

  @TempDir Path folder;

  /// What [PBitDigest] writes; its errors lie beside it.
  private String run(int exit, String... flags) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(flags));
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(PBitDigest.class.getName());
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(folder.resolve("said").toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the machine hangs");
    String errors = Files.readString(folder.resolve("errors"));
    assertEquals(exit, process.exitValue(), errors);
    return exit == 0 ? Files.readString(folder.resolve("said")).strip() : errors;
  }

  private static String widest() {
    return PBitKernels.all().getFirst().name();
  }

  @ParameterizedTest
  @CsvSource({"256, -XX:UseAVX=2", "128, -XX:MaxVectorSize=16"})
  void narrowerVectorsGiveTheSameAnswers(int bits, String flag)
      throws IOException, InterruptedException {
    String name = widest();
    assumeTrue(name.startsWith("vector"), "no vectors here");
    assumeTrue(bits <= Integer.parseInt(name.substring(6)), "no vectors of " + bits + " bits");
    String ignored = "-XX:+IgnoreUnrecognizedVMOptions";
    assertEquals("vector%d %s FINE".formatted(bits, DIGEST), run(0, MODULE, ignored, flag));
  }

  @Test
  void aForcedKernelIsChosenAndLoggedOnce() throws IOException, InterruptedException {
    assertEquals("scalar %s FINE".formatted(DIGEST), run(0, MODULE, "-Dpdnn.kernel=scalar"));
  }

  /// Whoever embeds the library and forgets the module learns once that it is slow.
  @Test
  void withoutTheModuleOfVectorsTheScalarKernelRunsAndWarns()
      throws IOException, InterruptedException {
    assertEquals("scalar %s WARNING".formatted(DIGEST), run(0));
  }

  @Test
  void anUnknownKernelIsAnsweredWithThoseThatRunHere() throws IOException, InterruptedException {
    String alone = run(1, "-Dpdnn.kernel=vector");
    String answer = "-Dpdnn.kernel=vector names no kernel of this machine; use scalar";
    assertTrue(alone.contains("IllegalArgumentException: " + answer), alone);
  }

  @Test
  void kernelsAreNamedWithoutTheirWidth() {
    for (PBits kernel : PBitKernels.all()) {
      String name = kernel instanceof ScalarPBits ? "scalar" : "vector";
      assertEquals(kernel.name(), PBitKernels.named(name).name());
    }
    String expected = "-Dpdnn.kernel=fast names no kernel of this machine";
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PBitKernels.named("fast"));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(expected));
  }
}
