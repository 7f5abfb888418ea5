package org.pdnn.spark;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/// How a job runs without a cluster: Spark's local mode in a JVM of its own, started with the
/// module flags that this Spark needs.
public final class Local {
  private Local() {}

  /// The command line that runs a job here.
  ///
  /// @param java the executable
  /// @param classPath this module, what it needs, and Spark
  /// @param cores that work at once
  /// @param megabytes of memory
  /// @param words of [Job]
  public static List<String> command(
      Path java, List<Path> classPath, int cores, long megabytes, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.add("-Xmx" + megabytes + "m");
    command.add("-Dspark.master=local[" + cores + "]");
    command.add("-Dspark.driver.host=localhost");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dlog4j2.configurationFile=classpath:org/pdnn/spark/local.properties");
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(Job.class.getName());
    command.addAll(words);
    return List.copyOf(command);
  }
}
