package org.pdnn.benchmark;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/// Starts JMH in the JVM that tests run in, with their flags; only when it is named: `mvn test
/// -Dtest=Jmh -Djmh.arguments="-p network=mlp"`.
class Jmh {
  @Test
  void run() throws RunnerException, CommandLineOptionException {
    String arguments = System.getProperty("jmh.arguments", "").strip();
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split("\\s+", -1);
    new Runner(new CommandLineOptions(words)).run();
  }
}
