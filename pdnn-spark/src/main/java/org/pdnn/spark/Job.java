package org.pdnn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.SparkSession;

/// What `spark-submit` runs: `score key=value ...` or `sweep key=value ...`. Where it runs is told
/// to Spark, never here.
public final class Job {
  /// As shells have it for Ctrl-C.
  private static final int INTERRUPTED = 130;

  private Job() {}

  /// What is run in a session.
  interface Work {
    /// Does it.
    ///
    /// @return what is told of it
    /// @throws IOException in one sentence
    ObjectNode run(SparkSession session) throws IOException, InterruptedException;
  }

  /// Runs a job and prints what it did as a line of JSON; a failure is one sentence and ends the
  /// process with 1, or 2 if the words are wrong.
  public static void main(String[] words) {
    int code = run(words);
    // On success Spark is left to end by itself, as some cluster managers want it.
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(String[] words) {
    try {
      Work work = work(Arrays.asList(words));
      try (SparkSession session =
          SparkSession.builder().appName("pdnn " + words[0]).getOrCreate()) {
        ObjectNode done = work.run(session);
        System.out.println(done);
      }
      return 0;
    } catch (CancellationException interrupted) {
      return INTERRUPTED;
    } catch (IllegalArgumentException wrong) {
      return told(wrong, 2);
    } catch (IOException | UncheckedIOException broken) {
      return told(broken, 1);
    } catch (Exception failed) {
      // Spark throws checked exceptions that its signatures do not tell.
      return told(failed, 1);
    }
  }

  private static Work work(List<String> words) throws IOException {
    Words rest = new Words(words.stream().skip(1).toList());
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case "score" -> ScoreJob.of(rest);
      case "sweep" -> SweepJob.of(rest, System.err);
      default ->
          throw new IllegalArgumentException(
              "the first word must be score, then model=FILE input=FOLDER out=FOLDER,"
                  + " or sweep, then figure=NAME or grid=FILE, and out=FOLDER");
    };
  }

  private static int told(Exception failure, int code) {
    System.err.println("pdnn: " + Fault.sentence(failure));
    return code;
  }
}
