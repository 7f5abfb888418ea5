package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.sampling.kernel.Kernel;
import org.pdnn.sampling.kernel.Kernels;

/// The choice of a kernel, in virtual machines of their own.
class ForcedKernelTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final int DIGEST = KernelDigest.of(Kernels.chosen());

  @TempDir Path folder;

  static List<Kernel> all() {
    return Kernels.all();
  }

  /// What [KernelDigest] writes; its errors lie beside it.
  private String run(int exit, String... flags) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(flags));
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(KernelDigest.class.getName());
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

  @ParameterizedTest
  @MethodSource("all")
  void everyKernelGivesTheSameOutputs(Kernel kernel) {
    assertEquals(DIGEST, KernelDigest.of(kernel));
    assertNotEquals(1, DIGEST);
  }

  @Test
  void aForcedKernelIsChosenAndLoggedOnce() throws IOException, InterruptedException {
    assertEquals("scalar %x FINE".formatted(DIGEST), run(0, MODULE, "-Dpdnn.kernel=scalar"));
  }

  /// Whoever embeds the library and forgets the module learns once that it is slow.
  @Test
  void withoutTheModuleOfVectorsTheScalarKernelRunsAndWarns()
      throws IOException, InterruptedException {
    assertEquals("scalar %x WARNING".formatted(DIGEST), run(0));
  }

  @Test
  void anUnknownKernelIsAnsweredWithThoseThatRunHere() throws IOException, InterruptedException {
    String names = String.join(", ", all().stream().map(Kernel::name).toList());
    String answer = "-Dpdnn.kernel=fast names no kernel of this machine; use " + names;
    String errors = run(1, MODULE, "-Dpdnn.kernel=fast");
    assertTrue(
        errors.contains("IllegalArgumentException: " + answer + System.lineSeparator()), errors);
    String alone = run(1, "-Dpdnn.kernel=vector128");
    assertTrue(
        alone.contains("-Dpdnn.kernel=vector128 names no kernel of this machine; use scalar"),
        alone);
  }
}
