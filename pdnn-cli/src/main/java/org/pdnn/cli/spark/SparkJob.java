package org.pdnn.cli.spark;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.pdnn.cli.display.Typed;

/// A job of the module `pdnn-spark`, which this one does not know: it runs in a JVM of its own, on
/// the class path that the build left beside its jars.
///
/// @param words of the job
record SparkJob(List<String> words) {
  /// The file that lists the jars of Spark; `./pdnn spark` names it.
  private static final String PROPERTY = "pdnn.spark";

  /// Of our jars, those that jobs need.
  private static final List<String> MODULES =
      List.of(
          "spark",
          "core",
          "onednn",
          "reproduction",
          "training",
          "convert",
          "generation",
          "hardware",
          "ising",
          "report");

  private static final String JOB = "org.pdnn.spark.Job";
  private static final String LOCAL = "org.pdnn.spark.Local";

  /// What ended with another exit code than 0, having said why.
  ///
  /// @param code of the job
  /// @param out what it printed
  record Ended(int code, String out) {}

  /// The line that runs the job on a cluster.
  String submitted() throws IOException {
    List<String> line = new ArrayList<>(List.of("spark-submit", "--class", JOB));
    line.add(ours("pdnn-spark-*-job.jar").toString());
    line.addAll(words);
    return Typed.line(line);
  }

  /// Runs the job in Spark's local mode; what it complains of goes to standard error.
  ///
  /// @param cores that work at once
  /// @throws CancellationException if this thread is interrupted; the job is then ended
  Ended run(int cores) throws IOException {
    Process process =
        new ProcessBuilder(command(cores))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      process.destroy();
    }
  }

  private List<String> command(int cores) throws IOException {
    List<Path> classPath = new ArrayList<>();
    for (String module : MODULES) {
      classPath.add(ours("pdnn-" + module + "-*[0-9].jar"));
    }
    for (String jar : Files.readString(list()).strip().split(File.pathSeparator, -1)) {
      classPath.add(Path.of(jar));
    }
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      List<String> command = new ArrayList<>();
      List<?> made =
          (List<?>)
              loader
                  .loadClass(LOCAL)
                  .getMethod("command", Path.class, List.class, int.class, long.class, List.class)
                  .invoke(null, java, classPath, cores, megabytes, words);
      made.forEach(word -> command.add(String.valueOf(word)));
      return command;
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Spark's flags cannot be read", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IOException(list() + " does not list this build; remove target/app", e);
    }
  }

  /// A jar of the build, by the pattern of its name.
  private static Path ours(String pattern) throws IOException {
    Path folder = list().toAbsolutePath().getParent();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path jar : found) {
        return jar;
      }
    }
    throw new IOException("%s holds no %s; remove target/app".formatted(folder, pattern));
  }

  private static Path list() throws IOException {
    Path list = Path.of(System.getProperty(PROPERTY, ""));
    if (!Files.isRegularFile(list)) {
      throw new IOException("this build has no Spark; start the command by ./pdnn spark");
    }
    return list;
  }
}
