package org.pdnn.onednn;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/// The files of `org.bytedeco:dnnl` for this machine, unpacked into JavaCPP's cache.
@SuppressWarnings("restricted") // native code is what this is for
final class NativeFiles {
  private static final String DNNL = "dnnl";

  /// By operating system: oneDNN, and the OpenMP that it finds beside it.
  private static final List<String> NAMES =
      List.of("libdnnl.so.3", "libgomp.so.1", "libdnnl.3.dylib", "libomp.dylib", "dnnl.dll");

  private NativeFiles() {}

  /// Where the functions are: in oneDNN and, but for Windows, in what it was linked with. Its
  /// OpenMP is that of libtorch where that was loaded before.
  ///
  /// @throws UncheckedIOException if the files are not on the path or cannot be unpacked
  /// @throws IllegalArgumentException if they cannot be loaded
  static SymbolLookup symbols() {
    try {
      return symbols(unpacked());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Map<String, Path> unpacked() throws IOException {
    Map<String, Path> files = new HashMap<>();
    String folder = "org/bytedeco/dnnl/" + Loader.getPlatform() + "/";
    for (String name : NAMES) {
      URL resource = NativeFiles.class.getClassLoader().getResource(folder + name);
      if (resource != null) {
        files.put(name.replaceAll("^lib|\\..*", ""), Loader.cacheResource(resource).toPath());
      }
    }
    return files;
  }

  private static SymbolLookup symbols(Map<String, Path> files) throws IOException {
    Path library = files.get(DNNL);
    if (library == null) {
      throw new FileNotFoundException(
          "org.bytedeco:dnnl for %s is not on the path".formatted(Loader.getPlatform()));
    }
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    return library.endsWith("dnnl.dll")
        ? symbols.or(SymbolLookup.libraryLookup("vcomp140.dll", Arena.global()))
        : symbols;
  }
}
