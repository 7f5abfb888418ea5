package org.pdnn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/// What `spark-submit` runs: `score key=value ...`. Where it runs is told to Spark, never here.
public final class Job {
  private Job() {}

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
      ScoreJob job = job(Arrays.asList(words));
      try (SparkSession session = SparkSession.builder().appName("pdnn score").getOrCreate()) {
        ObjectNode done = job.run(session);
        System.out.println(done);
      }
      return 0;
    } catch (IllegalArgumentException wrong) {
      return told(wrong, 2);
    } catch (IOException | UncheckedIOException broken) {
      return told(broken, 1);
    } catch (Exception failed) {
      // Spark throws checked exceptions that its signatures do not tell.
      return told(failed, 1);
    }
  }

  private static ScoreJob job(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("score")) {
      throw new IllegalArgumentException(
          "the first word must be score, then model=FILE input=FOLDER out=FOLDER");
    }
    return ScoreJob.of(new Words(words.subList(1, words.size())));
  }

  /// What went wrong in a task is the deepest cause of what Spark throws.
  private static int told(Exception failure, int code) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String sentence = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    System.err.println("pdnn: " + (sentence.isBlank() ? cause.toString() : sentence));
    return code;
  }
}
