package org.pdnn.cli;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the modules give to other programs, and what they need. Tests run on the class path; here
/// its entries are taken as modules, which only a build by Maven makes them.
class ModulesTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final ModuleFinder FINDER =
      ModuleFinder.of(
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .map(Path::of)
              .filter(entry -> !entry.endsWith("test-classes"))
              .toArray(Path[]::new));

  /// The modules of the house by name.
  private static final Map<String, ModuleReference> OURS = ours();

  private static Map<String, ModuleReference> ours() {
    Map<String, ModuleReference> modules = new TreeMap<>();
    FINDER.findAll().stream()
        .filter(module -> module.descriptor().name().startsWith("org.pdnn."))
        .forEach(module -> modules.put(module.descriptor().name(), module));
    return modules;
  }

  private static ModuleDescriptor module(String name) {
    return FINDER.find(name).orElseThrow().descriptor();
  }

  /// What others may use is what docs/library.md says.
  @Test
  void theExportsAreThoseOfTheDocuments() throws IOException {
    Map<String, Set<String>> said = new TreeMap<>();
    Pattern.compile("(?m)^\\| `(org\\.pdnn\\.\\w+)` \\| ([^|]+) \\|$")
        .matcher(Files.readString(PROJECT.resolve("docs").resolve("library.md")))
        .results()
        .forEach(row -> said.put(row.group(1), packages(row.group(2))));
    Map<String, Set<String>> exported = new TreeMap<>();
    OURS.forEach((name, module) ->
        exported.put(
            name,
            module.descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(toSet())));
    assertEquals(said, exported);
    assertEquals(12, exported.size());
  }

  private static Set<String> packages(String cell) {
    return Pattern.compile("`([\\w.]+)`")
        .matcher(cell)
        .results()
        .map(name -> "org.pdnn." + name.group(1))
        .collect(toSet());
  }

  /// A private room is open to the modules that use it and to no other.
  @Test
  void privateRoomsAreSharedWithWhoUsesThem() {
    Map<String, String> home = new TreeMap<>();
    OURS.forEach(
        (name, module) -> module.descriptor().packages().forEach(room -> home.put(room, name)));
    Map<String, Set<String>> used = new TreeMap<>();
    ArchitectureTest.CLASSES.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .forEach(arrow -> {
          // pdnn-spark is no module: nothing can be opened to it, and on the class path all is
          // open.
          String user = home.get(arrow.getOriginClass().getPackageName());
          String room = ArchitectureTest.target(arrow).getPackageName();
          if (user != null && home.containsKey(room) && !user.equals(home.get(room))) {
            used.computeIfAbsent(room, key -> new TreeSet<>()).add(user);
          }
        });
    int shared = 0;
    for (ModuleReference module : OURS.values()) {
      for (Exports exports : module.descriptor().exports()) {
        if (exports.isQualified()) {
          assertEquals(used.get(exports.source()), exports.targets(), exports.source());
          shared++;
        }
      }
    }
    assertEquals(5, shared);
  }

  @Test
  void networksRunWithoutNativeLibraries() {
    assertEquals(
        Set.of("com.fasterxml.jackson", "com.twelvemonkeys.imageio", "org.apache.commons"),
        thirdParties("org.pdnn.core"));
  }

  @Test
  void networksAreConvertedWithoutLibtorch() {
    Set<String> needed = thirdParties("org.pdnn.convert");
    assertTrue(needed.contains("com.microsoft.onnxruntime"), needed.toString());
    assertTrue(needed.stream().noneMatch(name -> name.startsWith("org.bytedeco")));
    assertTrue(thirdParties("org.pdnn.training").contains("org.bytedeco.pytorch"));
  }

  /// The libraries that a module requires, by itself or by others, by the first three words of
  /// their names.
  private static Set<String> thirdParties(String name) {
    Set<String> all = new TreeSet<>();
    collect(module(name), all);
    return all.stream()
        .filter(each -> !each.startsWith("org.pdnn."))
        .map(each -> each.replaceFirst("^(\\w+\\.\\w+\\.\\w+)\\..*", "$1"))
        .collect(toCollection(TreeSet::new));
  }

  private static void collect(ModuleDescriptor module, Set<String> all) {
    module.requires().stream()
        .filter(
            requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .map(requires -> FINDER.find(requires.name()))
        .flatMap(Optional::stream)
        .map(ModuleReference::descriptor)
        .filter(needed -> all.add(needed.name()))
        .forEach(needed -> collect(needed, all));
  }

  @Test
  void theCoreIsSmall(@TempDir Path folder) throws IOException {
    long bytes = Files.size(jar("org.pdnn.core", folder));
    assertTrue(bytes <= 1_500_000, "the jar of the core has %d bytes".formatted(bytes));
    String pom = Files.readString(PROJECT.resolve("pdnn-core").resolve("pom.xml"));
    List<String> dependencies =
        Pattern.compile("(?s)<dependency>.*?</dependency>")
            .matcher(pom)
            .results()
            .map(dependency -> dependency.group())
            .filter(dependency -> !dependency.contains("<scope>test</scope>"))
            .toList();
    assertEquals(3, dependencies.size(), dependencies.toString());
  }

  /// A module as a jar: until Maven has packaged it, it is a folder of classes.
  private static Path jar(String name, Path folder) {
    Path place = Path.of(FINDER.find(name).orElseThrow().location().orElseThrow());
    if (Files.isRegularFile(place)) {
      return place;
    }
    Path jar = folder.resolve(name + ".jar");
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    assertEquals(
        0,
        tool.run(
            System.out,
            System.err,
            "--create",
            "--file",
            jar.toString(),
            "-C",
            place.toString(),
            "."));
    return jar;
  }

  /// On the module path, nothing is found by accident: resources, fields that picocli sets, and
  /// libraries are where the modules say.
  @Test
  void everyCommandIsHelpedAndPricesAreComputedOnTheModulePath() throws Exception {
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(FINDER, ModuleFinder.of(), Set.of("org.pdnn.cli"));
    Module cli =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader())
            .findModule("org.pdnn.cli")
            .orElseThrow();
    Method run =
        cli.getClassLoader()
            .loadClass(Main.class.getName())
            .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
    run.setAccessible(true);
    for (String command : Outcome.everyCommand().getSubcommands().keySet()) {
      assertTrue(printed(run, "help", command).contains("Usage: pdnn " + command), command);
    }
    assertEquals(Outcome.done("energy", "paper:vgg5").out(), printed(run, "energy", "paper:vgg5"));
  }

  private static String printed(Method run, String... words) throws ReflectiveOperationException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Object code = run.invoke(null, new PrintWriter(out), new PrintWriter(err), words);
    assertEquals(0, code, List.of(words) + ": " + err);
    return out.toString();
  }
}
