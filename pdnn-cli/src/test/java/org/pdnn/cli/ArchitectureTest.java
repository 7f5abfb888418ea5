package org.pdnn.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dependency table of ARCHITECTURE.md: which package may use which.
class ArchitectureTest {
  private static final String ROOT = "org.pdnn.";

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /// A row of the table in ARCHITECTURE.md: package, what it holds, what it may use, third party.
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| ([a-z, ]+|–) \\| [^|]+ \\|$");

  /// `mvn -Dwithout.spark` builds all modules but one.
  private static final boolean WITHOUT_SPARK = System.getProperty("without.spark") != null;

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> table = new TreeMap<>();
    try {
      for (MatchResult row :
          ROW.matcher(Files.readString(PROJECT.resolve("ARCHITECTURE.md"))).results().toList()) {
        String uses = row.group(2);
        table.put(row.group(1), uses.equals("–") ? Set.of() : Set.of(uses.split(", ", -1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (WITHOUT_SPARK) {
      table.remove("spark");
    }
    table.replace("cli", Set.copyOf(table.keySet()));
    return table;
  }

  static final List<JavaClass> CLASSES =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages("org.pdnn")
              .stream()
              .toList();

  /// `network` of `org.pdnn.network.Layer`, `training` of `org.pdnn.training.torch.Adam`.
  private static String room(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }

  private static Stream<Dependency> dependencies() {
    return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }

  private static void assertNone(Stream<Dependency> violations) {
    assertEquals(
        "", violations.map(Dependency::getDescription).sorted().collect(Collectors.joining("\n")));
  }

  /// A table of nothing is always kept: every source file is among the classes that were read.
  @Test
  void everySourceFileWasRead() throws IOException {
    Set<String> sources = new TreeSet<>();
    for (String module :
        List.of(
            "pdnn-core",
            "pdnn-onednn",
            "pdnn-training",
            "pdnn-convert",
            "pdnn-generation",
            "pdnn-report",
            "pdnn-benchmarks",
            "pdnn-hardware",
            "pdnn-ising",
            "pdnn-reproduction",
            "pdnn-server",
            "pdnn-spark",
            "pdnn-cli")) {
      if (WITHOUT_SPARK && module.equals("pdnn-spark")) {
        continue;
      }
      Path root = PROJECT.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(root)) {
        files
            .map(file -> root.relativize(file).toString().replace('\\', '/').replace('/', '.'))
            .filter(name -> name.endsWith(".java") && !name.matches(".*(package|module)-info.java"))
            .forEach(name -> sources.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    Set<String> read =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getName)
            .filter(name -> !name.endsWith("package-info"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(sources, read);
    assertTrue(read.size() > 130, "only %d classes".formatted(read.size()));
    assertEquals(
        MAY_USE.keySet(), CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toSet()));
  }

  @Test
  void packagesUseWhatTheTableAllows() {
    assertNone(
        dependencies()
            .filter(dependency -> target(dependency).getPackageName().startsWith(ROOT))
            .filter(dependency -> {
              String from = room(dependency.getOriginClass());
              String to = room(target(dependency));
              return !from.equals(to)
                  && !Objects.requireNonNullElse(MAY_USE.get(from), Set.of()).contains(to);
            }));
  }

  /// Arrows between the commands' packages point one way.
  @Test
  void theCommandsPackagesFormNoCircle() {
    slices()
        .matching("org.pdnn.(**)")
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.pdnn.cli"));
  }

  @Test
  void whatTheTableAllowsIsUsed() {
    Set<String> used =
        dependencies()
            .filter(dependency -> target(dependency).getPackageName().startsWith(ROOT))
            .map(
                dependency -> room(dependency.getOriginClass()) + " -> " + room(target(dependency)))
            .collect(Collectors.toSet());
    Set<String> unused = new TreeSet<>();
    MAY_USE.forEach((from, all) -> {
      // The command may use every room.
      if (!from.equals("cli")) {
        all.stream()
            .map(to -> from + " -> " + to)
            .filter(arrow -> !used.contains(arrow))
            .forEach(unused::add);
      }
    });
    assertEquals(Set.of(), unused);
  }

  /// Third parties and the only packages, with those below them, that know them.
  @ParameterizedTest
  @CsvSource({
    "org.bytedeco, org.pdnn.training.torch org.pdnn.onednn",
    "org.bytedeco.pytorch, org.pdnn.training.torch",
    "ai.onnxruntime, org.pdnn.onnx.runtime",
    "org.ejml, org.pdnn.generation",
    "ai.onnx, org.pdnn.onnx",
    "com.google.protobuf, org.pdnn.onnx org.pdnn.server.grpc",
    "io.grpc, org.pdnn.server",
    "jdk.incubator.vector, org.pdnn.sampling.pbits org.pdnn.ising",
    "org.jgrapht, org.pdnn.ising.dynamics",
    "picocli, org.pdnn.cli",
    "me.tongfei, org.pdnn.cli",
    "io.helidon, org.pdnn.server",
    "org.apache.commons.compress, org.pdnn.data",
    "org.apache.spark, org.pdnn.spark",
    "org.apache.hadoop, org.pdnn.spark",
    "scala, org.pdnn.spark",
    "com.twelvemonkeys, org.pdnn.data",
    "java.net.http, org.pdnn.data org.pdnn.server",
    "java.lang.foreign, org.pdnn.training.torch org.pdnn.sums org.pdnn.sampling org.pdnn.onednn"
        + " org.pdnn.onnx.runtime"
  })
  void aLibraryIsKnownWhereItsDoorIs(String library, String rooms) {
    List<String> doors = List.of(rooms.split(" ", -1));
    assertNone(
        dependencies()
            .filter(dependency -> within(target(dependency).getPackageName(), library))
            .filter(dependency ->
                doors.stream()
                    .noneMatch(
                        door -> within(dependency.getOriginClass().getPackageName(), door))));
  }

  /// Bodies, messages and passes of the server know nothing of connections.
  @Test
  void theServersPassesAndProtocolKnowNoHttp() {
    assertNone(
        dependencies()
            .filter(dependency ->
                dependency.getOriginClass().getPackageName().startsWith("org.pdnn.server."))
            .filter(dependency ->
                within(target(dependency).getPackageName(), "io.helidon")
                    || within(target(dependency).getPackageName(), "io.grpc")));
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  /// Randomness is an argument, a function of a seed.
  @Test
  void nothingDrawsAmbientRandomness() {
    Set<String> ambient =
        Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.UUID",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom");
    assertNone(
        dependencies()
            .filter(dependency ->
                ambient.contains(target(dependency).getName())
                    || within(target(dependency).getPackageName(), "java.util.random")));
    Predicate<JavaAccess<?>> drawn =
        access -> {
          String name = access.getTarget().getFullName();
          return name.startsWith("java.lang.Math.random(")
              || name.startsWith("java.lang.StrictMath.random(")
              || name.startsWith("java.util.Collections.shuffle(");
        };
    assertEquals(
        List.of(),
        CLASSES.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(drawn)
            .map(JavaAccess::getDescription)
            .toList());
  }

  @Test
  void everyClassIsAbstractFinalOrSealed() {
    assertEquals(
        List.of(),
        CLASSES.stream()
            .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
            .filter(type -> !type.isAnonymousClass())
            .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
            .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> !type.reflect().isSealed())
            .map(JavaClass::getName)
            .toList());
  }

  /// Standard output belongs to results; who prints there is the command, or the job that it
  /// starts.
  @Test
  void onlyTheCommandPrints() {
    assertEquals(
        List.of(),
        CLASSES.stream()
            .filter(type -> !room(type).equals("cli"))
            .filter(type -> !type.getName().equals("org.pdnn.spark.Job"))
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(
                access -> access.getTarget().getFullName().matches("java.lang.System.(out|err)"))
            .map(JavaAccess::getDescription)
            .toList());
  }
}
