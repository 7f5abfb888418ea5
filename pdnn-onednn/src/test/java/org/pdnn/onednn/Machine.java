package org.pdnn.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A virtual machine of its own, in which a program runs.
///
/// @param instructions at most, as `ONEDNN_MAX_CPU_ISA` names them
record Machine(Path folder, String instructions, String classPath, List<String> flags) {

  /// Like this one.
  static Machine in(Path folder) {
    return new Machine(folder, "DEFAULT", System.getProperty("java.class.path"), List.of());
  }

  Machine limitedTo(String others) {
    return new Machine(folder, others, classPath, flags);
  }

  Machine with(String... others) {
    return new Machine(folder, instructions, classPath, List.of(others));
  }

  Machine withoutLibrary() {
    String rest =
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .filter(entry -> !new File(entry).getName().startsWith("dnnl-"))
            .collect(Collectors.joining(File.pathSeparator));
    return new Machine(folder, instructions, rest, flags);
  }

  /// The lines that a program prints.
  List<String> run(Class<?> program, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC"));
    line.addAll(
        List.of("-Dorg.bytedeco.javacpp.maxBytes=0", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    line.addAll(flags);
    line.addAll(List.of("-cp", classPath, program.getName()));
    line.addAll(List.of(words));
    File said = folder.resolve("said").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said);
    builder.environment().put("ONEDNN_MAX_CPU_ISA", instructions);
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the machine hangs");
    return Files.readString(said.toPath()).strip().lines().toList();
  }
}
