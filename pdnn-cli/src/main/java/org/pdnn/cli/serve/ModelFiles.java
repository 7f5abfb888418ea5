package org.pdnn.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.sampling.Precision;
import org.pdnn.server.ModelSource;
import org.pdnn.server.Served;

/// The models of files that were named, and of a folder: `NAME.safetensors`, or
/// `NAME/VERSION.safetensors`. Names that clients send are only compared with those found here.
final class ModelFiles implements ModelSource {
  private static final String SUFFIX = ".safetensors";
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

  private final List<Path> named;
  private final Optional<Path> folder;
  private final Precise precise;

  /// What the passes of a model are computed in.
  @FunctionalInterface
  interface Precise {
    Precision of(Model model);
  }

  ModelFiles(List<Path> named, Optional<Path> folder, Precise precise) {
    this.named = List.copyOf(named);
    this.folder = folder;
    this.precise = precise;
  }

  @Override
  public List<String> names() throws IOException {
    return List.copyOf(found().keySet());
  }

  /// A file that was named must be served; one of a folder need not.
  @Override
  public boolean optional(String name) {
    return named.stream().noneMatch(file -> stem(file).equals(name));
  }

  @Override
  public List<Served> read(String name) throws IOException {
    List<Served> versions = new ArrayList<>();
    for (Map.Entry<Integer, Path> version :
        found().getOrDefault(name, new TreeMap<>()).entrySet()) {
      Model model = ModelFile.read(version.getValue()).model();
      versions.add(new Served(name, version.getKey(), model, precise.of(model)));
    }
    return versions;
  }

  /// The files, by name and version.
  private Map<String, NavigableMap<Integer, Path>> found() throws IOException {
    Map<String, NavigableMap<Integer, Path>> found = new TreeMap<>();
    for (Path file : named) {
      add(found, stem(file), 1, file);
    }
    if (folder.isPresent()) {
      for (Path path : sorted(folder.get())) {
        if (Files.isDirectory(path)) {
          for (Path file : sorted(path)) {
            if (VERSION.matcher(stem(file)).matches()) {
              add(found, fileName(path), Integer.parseInt(stem(file)), file);
            }
          }
        } else if (fileName(path).endsWith(SUFFIX)) {
          add(found, stem(path), 1, path);
        }
      }
    }
    return found;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> !fileName(path).startsWith(".")).sorted().toList();
    }
  }

  private static void add(
      Map<String, NavigableMap<Integer, Path>> found, String name, int version, Path file) {
    Path other = found.computeIfAbsent(name, _ -> new TreeMap<>()).put(version, file);
    if (other != null) {
      throw new IllegalArgumentException(
          "two files are version %s of model '%s': %s and %s"
              .formatted(version, name, other, file));
    }
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String stem(Path file) {
    String name = fileName(file);
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
