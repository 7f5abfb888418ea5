package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs before the other tests: the flags that Spark asks for become the file of arguments that
/// their JVM is started with.
@Tag("module-flags")
class ModuleFlagsTest {
  @Test
  void flagsAreThoseThatSparkAsksFor() throws IOException {
    List<String> flags = List.of(JavaModuleOptions.defaultModuleOptionArray());
    assertTrue(flags.stream().anyMatch(flag -> flag.startsWith("--add-opens")), flags.toString());
    Files.write(Path.of("target", "module-flags"), flags);
  }
}
