package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A quantity with a unit is a type; a bare `double` in a public signature has no unit, or has it
/// in its name.
class UnitsTest {
  /// Accessors and factories of the type itself, with the unit in their name.
  private static final Set<String> NAMED =
      Set.of(
          "Joules.Joules", // the record's own, of picojoules
          "Joules.ofPicojoules",
          "Joules.ofNanojoules",
          "Joules.picojoules",
          "Joules.nanojoules",
          "Joules.joules",
          "EnergyUnit.count");

  /// Numbers without unit.
  private static final Set<String> WITHOUT_UNIT =
      Set.of(
          "Joules.times", // a factor
          "Joules.dividedBy", // a ratio // counts
          "Work.of",
          "Work.count",
          "Work.times", // a factor
          "LayerSize.LayerSize", // counts
          "LayerSize.macs",
          "LayerSize.weights",
          "LayerSize.neurons",
          "LayerSize.times", // a factor
          "UnitWork.synapse", // a share
          "UnitWork.products", // counts
          "UnitWork.sums",
          "UnitWork.weights",
          "UnitWork.cache",
          "NeuronType.work",
          "ScalingLaws.addition", // ratios
          "ScalingLaws.multiplication",
          "EnergyTerms.times", // a factor
          "EnergyModel.gain", // ratios
          "EnergyPoint.EnergyPoint",
          "EnergyPoint.gain",
          "OperationPoint.gain",
          "Additions.rate"); // a share

  @Test
  void noUnitIsABareDouble() throws IOException, URISyntaxException {
    Set<String> bare = new TreeSet<>();
    List<Class<?>> types = types();
    for (Class<?> type : types) {
      Stream.<Executable>concat(
              Arrays.stream(type.getDeclaredMethods()),
              Arrays.stream(type.getDeclaredConstructors()))
          .filter(member -> Modifier.isPublic(member.getModifiers()))
          .filter(UnitsTest::bare)
          .forEach(member -> bare.add(name(member)));
    }
    assertTrue(types.size() > 30, types.size() + " types");
    Set<String> allowed = new TreeSet<>(NAMED);
    allowed.addAll(WITHOUT_UNIT);
    assertEquals(allowed, bare);
  }

  private static boolean bare(Executable member) {
    Stream<Class<?>> result =
        member instanceof java.lang.reflect.Method method
            ? Stream.of(method.getReturnType())
            : Stream.of();
    return Stream.concat(result, Arrays.stream(member.getParameterTypes()))
        .anyMatch(type -> type == double.class || type == float.class || type == double[].class);
  }

  private static String name(Executable member) {
    String type = member.getDeclaringClass().getSimpleName();
    return type + "." + (member instanceof java.lang.reflect.Method ? member.getName() : type);
  }

  /// The public types of this package and of those below it, as compiled.
  private static List<Class<?>> types() throws IOException, URISyntaxException {
    Path root = Path.of(Work.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root.resolve("org/pdnn/energy"))) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .<Class<?>>map(name -> type(name.replace('/', '.').replace('\\', '.')))
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
