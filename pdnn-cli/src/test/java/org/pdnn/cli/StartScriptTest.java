package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./pdnn` in a checkout with a Maven and a JDK that only say what they were asked for.
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
  private static final String[] MODULES = {"pdnn-core", "pdnn-cli"};

  /// Makes what the build makes; takes as long as the file `seconds` says.
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo built >> builds
      echo '[INFO] Building pdnn-core 0.1.0                             [2/9]'
      sleep "$(cat seconds)"
      mkdir -p pdnn-core/target pdnn-cli/target/lib
      date +%s%N > pdnn-core/target/pdnn-core-0.1.0.jar
      date +%s%N > pdnn-cli/target/pdnn-cli.jar
      echo library > pdnn-cli/target/lib/library-1.jar
      echo --add-modules=jdk.incubator.vector --flag > pdnn-cli/target/jvm-flags.txt
      case " $* " in
        *' -Dwithout.spark '*) ;;
        *) mkdir -p pdnn-spark/target && echo spark.jar > pdnn-spark/target/spark.classpath ;;
      esac
      [ ! -e broken ] || { echo '[ERROR] it is broken'; exit 1; }
      """;

  /// Tells its arguments; runs as long as the file `running` says.
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "$@"
      for word in "$@"; do
        case $word in
          */pdnn-cli.jar)
            [ ! -e "${word%/target/*}/running" ] || sleep "$(cat "${word%/target/*}/running")"
            cat "$word" "${word%/*}/library-1.jar" >/dev/null || exit 3 ;;
        esac
      done
      """;

  @TempDir Path folder;
  private Path home = Path.of("home");

  @BeforeEach
  void makeCheckout() throws IOException {
    home = Files.createDirectory(folder.resolve("checkout"));
    Files.copy(Path.of("../pdnn"), home.resolve("pdnn"));
    assertTrue(home.resolve("pdnn").toFile().setExecutable(true));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("seconds"), "0");
    for (String module : MODULES) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    executable("bin/mvn", MAVEN);
    executable("jdk/bin/java", JAVA);
    executable("jdk/bin/javac", JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
  }

  private void executable(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(Files.writeString(file, script).toFile().setExecutable(true));
  }

  private Process start(Path script, String... words) throws IOException {
    return builder(script, words).start();
  }

  private ProcessBuilder builder(Path script, String... words) {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(words)).toList());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", "", (path, _) -> folder.resolve("bin") + ":" + path);
    builder.environment().remove("HOME");
    builder.environment().remove("PDNN_MEMORY");
    return builder;
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String ended(Process process) throws IOException, InterruptedException {
    String out = text(process.getInputStream());
    String err = text(process.getErrorStream());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it hangs");
    assertEquals(0, process.exitValue(), err);
    return out;
  }

  private String refused(Path script) throws IOException, InterruptedException {
    Process process = start(script, "--version");
    String err = text(process.getErrorStream());
    assertEquals(1, process.waitFor(), err);
    return err;
  }

  private int builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  private void editSource() throws IOException {
    Path source = Files.writeString(home.resolve("pdnn-core/src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
  }

  private static List<Path> kept(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("target/app"))) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void aBuildIsMadeOnceAndStarted() throws Exception {
    String out = ended(start(home.resolve("pdnn"), "train", "a b"));
    assertTrue(
        out.matches(
            "--add-modules=jdk.incubator.vector --flag -Xmx2g -cp \\S+/pdnn-cli.jar"
                + " org.pdnn.cli.Main train a b\n"),
        out);
    ended(start(home.resolve("pdnn"), "--version"));
    assertEquals(1, builds());
    Path app = kept(home).getFirst();
    for (String jar : List.of("pdnn-cli.jar", "pdnn-core-0.1.0.jar", "library-1.jar")) {
      assertTrue(Files.exists(app.resolve(jar)), jar);
    }
  }

  /// Without the module of vectors, whose warning would be the first line.
  @Test
  void whatRunsNoNetworkStartsFaster() throws Exception {
    Path script = home.resolve("pdnn");
    for (List<String> words :
        List.of(List.<String>of(), List.of("energy", "vgg5"), List.of("train", "-h"))) {
      String out = ended(start(script, words.toArray(String[]::new)));
      assertTrue(out.startsWith("--flag -XX:TieredStopAtLevel=1 -Xmx2g"), out);
    }
  }

  /// Its 290 MB are fetched for nobody else.
  @Test
  void sparkIsBuiltForTheCommandThatNeedsIt() throws Exception {
    Path script = home.resolve("pdnn");
    ended(start(script, "train"));
    ended(start(script, "spark", "score", "--help"));
    assertEquals(1, builds());
    assertFalse(Files.exists(kept(home).getFirst().resolve("spark.classpath")));
    String out = ended(start(script, "spark", "score", "a b"));
    assertEquals(2, builds());
    Path list = kept(home).getFirst().resolve("spark.classpath");
    assertTrue(out.contains(" -Dpdnn.spark=" + list.toRealPath() + " -cp "), out);
    assertFalse(ended(start(script, "train")).contains("pdnn.spark"));
    assertEquals(2, builds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1k", "31m", "17t", "99999t", "4096", "4gb", "-4g", "x"})
  void memoryThatNoJvmStartsWithIsRefused(String size) throws Exception {
    ProcessBuilder builder = builder(home.resolve("pdnn"), "--version");
    builder.environment().put("PDNN_MEMORY", size);
    Process process = builder.start();
    assertEquals(
        "pdnn: PDNN_MEMORY must be a size from 32m to 16t, as in 4g, got '%s'\n".formatted(size),
        text(process.getErrorStream()));
    assertEquals(1, process.waitFor());
  }

  @Test
  void aCollectorThatCorruptsArraysIsNotStarted() throws Exception {
    ended(start(home.resolve("pdnn"), "train"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.2\"\n");
    Process old = start(home.resolve("pdnn"), "train");
    assertTrue(text(old.getInputStream()).contains("-XX:+UseParallelGC"));
    assertTrue(text(old.getErrorStream()).startsWith("pdnn: this JDK 25 is older than 25.0.3"));
    assertFalse(ended(start(home.resolve("pdnn"), "--help")).isEmpty());
  }

  @Test
  void aSourceThatChangedIsBuilt() throws Exception {
    ended(start(home.resolve("pdnn")));
    editSource();
    ended(start(home.resolve("pdnn")));
    assertEquals(2, builds());
    assertEquals(1, kept(home).size(), "the old build is removed");
  }

  @Test
  void aCheckoutThatWasMovedRuns() throws Exception {
    ended(start(home.resolve("pdnn")));
    Path moved = Files.move(home, folder.resolve("moved here"));
    String out = ended(start(moved.resolve("pdnn")));
    assertTrue(out.contains(moved + "/target/app/"), out);
    assertFalse(out.contains(home.toString() + "/"), out);
    Path link = Files.createSymbolicLink(folder.resolve("link"), moved.resolve("pdnn"));
    assertEquals(out, ended(start(link)));
    home = moved;
    assertEquals(1, builds());
  }

  @Test
  void twoFirstBuildsAreOne() throws Exception {
    Files.writeString(home.resolve("seconds"), "1");
    Process first = start(home.resolve("pdnn"));
    Process second = start(home.resolve("pdnn"));
    assertEquals(ended(first), ended(second));
    assertEquals(1, builds());
    assertFalse(Files.exists(home.resolve("target/app/lock")));
  }

  @Test
  void theLockOfAKilledBuildIsTakenOver() throws Exception {
    Files.createDirectories(home.resolve("target/app"));
    Files.createSymbolicLink(home.resolve("target/app/lock"), Path.of("999999999"));
    ended(start(home.resolve("pdnn")));
    assertEquals(1, builds());
  }

  @Test
  void aRunningCommandKeepsItsJars() throws Exception {
    ended(start(home.resolve("pdnn")));
    Files.writeString(home.resolve("running"), "3");
    Process running = start(home.resolve("pdnn"), "train");
    String line = String.valueOf(running.inputReader().readLine());
    Files.delete(home.resolve("running"));
    editSource();
    String other = ended(start(home.resolve("pdnn"), "train"));
    assertNotEquals(line, other.strip());
    assertEquals(0, running.waitFor(), "its jars are gone");
  }

  @Test
  void aBuildShowsWhatItIsAt() throws Exception {
    Files.writeString(home.resolve("seconds"), "2");
    Process process = start(home.resolve("pdnn"));
    String err = text(process.getErrorStream());
    assertEquals(0, process.waitFor(), err);
    assertTrue(err.contains("building pdnn-core (2 of 9)"), err);
  }

  @Test
  void aBrokenBuildIsTold() throws Exception {
    Files.writeString(home.resolve("broken"), "");
    String err = refused(home.resolve("pdnn"));
    assertTrue(err.contains("[ERROR] it is broken"), err);
    assertTrue(
        err.endsWith(
            "pdnn: the build failed; its output is in "
                + home.toRealPath()
                + "/target/build.log\n"),
        err);
    assertEquals(List.of(), kept(home));
    Files.delete(home.resolve("broken"));
    ended(start(home.resolve("pdnn")));
  }

  @Test
  void aColonInThePathIsRefused() throws Exception {
    Path moved = Files.move(home, folder.resolve("a:b"));
    assertEquals(
        "pdnn: the path "
            + moved.toRealPath()
            + " holds a colon, at which Java cuts class paths; move the folder\n",
        refused(moved.resolve("pdnn")));
  }
}
