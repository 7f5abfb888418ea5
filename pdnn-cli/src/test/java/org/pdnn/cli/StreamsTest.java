package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.files.Sha256;
import org.pdnn.network.Shape;

/// Standard input and output, devices and pipes, and memory that ends: processes of their own.
class StreamsTest {
  private static final File FULL = new File("/dev/full");

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    assumeTrue(FULL.exists(), "this system has no /dev/full");
    model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
  }

  @Test
  void aFullDiskBehindStandardOutputIsAFailure() throws Exception {
    Jvm.Ended ended = Jvm.of().into(FULL, "energy", model);
    assertEquals(1, ended.code());
    assertEquals(
        "pdnn: cannot write standard output: the disk is full; make room or choose another\n",
        ended.err());
  }

  @Test
  void aReaderThatHasEnoughIsNoFailureToTell() throws Exception {
    Process process = Jvm.of().start("energy", model, "--samples", "1..2000");
    process.getInputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(141, process.waitFor(), said);
    assertEquals("", said.replaceFirst("WARNING: Using incubator modules.*\\R", ""));
  }

  @Test
  void outMayBeStandardOutput() throws Exception {
    Jvm.Ended ended = Jvm.of().run("energy", model, "--format", "json", "--out", "/dev/stdout");
    assertEquals(0, ended.code(), ended.err());
    assertTrue(new JsonMapper().readTree(ended.out()).has("curve"), ended.out());
  }

  @Test
  void aModelMayComeFromStandardInput() throws Exception {
    Jvm.Ended ended =
        Jvm.of()
            .read(
                model,
                "evaluate",
                "/dev/stdin",
                "--data",
                "digits",
                "--digits",
                20,
                "--samples",
                1,
                "--format",
                "json");
    assertEquals(0, ended.code(), ended.err());
    assertEquals(
        Sha256.of(model),
        new JsonMapper().readTree(ended.out()).path("provenance").path("modelSha256").asText());
  }

  @Test
  void whereMemoryEndsTheRemedyIsTold() throws Exception {
    Path large =
        SmallFiles.model(
            folder.resolve("large.safetensors"), "mlp:784-20000-10", Shape.of(1, 28, 28), 10);
    Jvm.Ended ended = Jvm.of("-Xmx64m").run("evaluate", large, "--data", "digits");
    assertEquals(1, ended.code());
    assertEquals(
        "pdnn: 64 MiB of memory are too few; give more, as in PDNN_MEMORY=4g, or use fewer"
            + " --threads\n",
        ended.err().replaceFirst("pdnn: \\d+ MiB", "pdnn: 64 MiB"));
  }

  /// The JDK would print a worker's trace before the sentence.
  @Test
  void aWorkerThatRunsOutOfMemoryLeavesNoTrace() throws Exception {
    Jvm.Ended ended = Jvm.of("-Xmx8m").run("evaluate", model, "--data", "digits");
    assertEquals(1, ended.code());
    assertFalse(ended.err().contains("Exception in thread"), ended.err());
    assertTrue(ended.err().endsWith("as in PDNN_MEMORY=4g, or use fewer --threads\n"), ended.err());
  }

  @Test
  void resultsThatCannotBeWrittenArePrinted() throws Exception {
    Outcome outcome =
        Outcome.of(
            "evaluate",
            model,
            "--data",
            "digits",
            "--digits",
            20,
            "--samples",
            "1,2",
            "--results",
            FULL);
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("cannot write /dev/full: the disk is full"), outcome.err());
    String lines =
        String.join("\n", outcome.err().lines().filter(line -> line.startsWith("{")).toList());
    Path kept = Files.writeString(folder.resolve("kept.jsonl"), lines);
    assertTrue(ResultFile.read(kept, Assertions::fail).size() >= 2, outcome.err());
    assertTrue(outcome.out().contains("accuracy"), outcome.out());
  }

  @Test
  void whatIsNoFileOfResultsIsRefusedBeforeTheWork() throws IOException {
    byte[] before = Files.readAllBytes(model);
    String sentence =
        Outcome.refused(1, "evaluate", model, "--data", "nowhere", "--results", model);
    assertTrue(sentence.startsWith(model + " line 1 is not a result: "), sentence);
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void outIsCheckedBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    for (Object[] line :
        new Object[][] {
          {"study", "--data", "nowhere", "--out", file},
          {"reproduce", "fig4a", "--data", "nowhere", "--out", file},
          {"evaluate", model, "--data", "nowhere", "--out", file.resolve("x")},
          {"energy", "nowhere.safetensors", "--chart", file},
          {"export", folder.resolve("nowhere.safetensors"), "--out", file.resolve("x.onnx")},
          {"bench", "training", "--network", "nothing", "--out", file.resolve("x")}
        }) {
      String sentence = Outcome.refused(1, line);
      assertTrue(sentence.contains(file + " is a file, not a folder"), sentence);
    }
    assertEquals("precious", Files.readString(file));
  }
}
