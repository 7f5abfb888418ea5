package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// The first Java of a document: a compact source file.
record JavaExample(String source) {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");

  static JavaExample of(Path document) throws IOException {
    Matcher block = JAVA.matcher(Files.readString(document));
    assertTrue(block.find(), document + " has no Java");
    return new JavaExample(block.group(1));
  }

  /// Compiles it in a folder and runs its main method, which reads no or some arguments.
  void run(Path folder, String... arguments) throws IOException, ReflectiveOperationException {
    compile(Files.writeString(folder.resolve("Example.java"), source), folder);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> example = loader.loadClass("Example");
      Constructor<?> constructor = example.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object instance = constructor.newInstance();
      if (arguments.length == 0) {
        Method main = example.getDeclaredMethod("main");
        main.setAccessible(true);
        main.invoke(instance);
      } else {
        Method main = example.getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(instance, (Object) arguments);
      }
    }
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(complaints, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertTrue(compiled, complaints.toString());
    }
  }
}
