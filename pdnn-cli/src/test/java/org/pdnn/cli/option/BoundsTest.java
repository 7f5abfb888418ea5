package org.pdnn.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.cli.Outcome;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class BoundsTest {
  /// Any number is a seed; the others are held to what is known only when the command runs: the
  /// data, the network, or the range of a quantity.
  private static final Set<String> ELSEWHERE =
      Set.of(
          "--seed",
          "evaluate --images",
          "predict --index",
          "predict --until-confident",
          "spark score --until-confident",
          "train --validation",
          "analyse --images",
          "bench inference --batch",
          "--digits",
          "--weight-bits",
          "--edge-weight-bits",
          "--activation-bits",
          "--word-bits",
          "--input-bits",
          "--prompt",
          "--generate",
          "energy --batch",
          "--cache-memory",
          "--parallel",
          "--at-least");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evaluate m.safetensors --threads 100000    | --threads must be 1 to 1024, got 100000
          evaluate m.safetensors --seeds 10001       | --seeds must be 1 to 10000, got 10001
          predict m.safetensors --index 0 --samples 100000 | --samples must be 1 to 65536, got 100000
          predict m.safetensors --index 0 --top 0    | --top must be 1 to 16777216, got 0
          train --samples 100000                     | --samples must be 1 to 1000, got 100000
          train --batch 1000000                      | --batch must be 1 to 65536, got 1000000
          train --learning-rate NaN                  | --learning-rate must be 1.0E-9 to 1000, got NaN
          train --checkpoint-seconds 1e300           | --checkpoint-seconds must be 0 to 1000000, got 1.0E300
          train --checkpoint-seconds NaN             | --checkpoint-seconds must be 0 to 1000000, got NaN
          train --checkpoint-seconds -1              | --checkpoint-seconds must be 0 to 1000000, got -1.0
          study --threads -3                         | --threads must be 1 to 1024, got -3
          convert net.onnx --tolerance Infinity      | --tolerance must be 0 to 100, got Infinity
          convert net.onnx --calibration 0           | --calibration must be 1 to 16777216, got 0
          bench training --rounds 0                  | --rounds must be 1 to 100000, got 0
          """)
  void aNumberOutsideItsBoundsIsWrongUsage(String line, String sentence) {
    String said = Outcome.refused(2, (Object[]) line.split(" "));
    assertEquals(sentence, said.substring(0, said.indexOf("; see pdnn ")));
  }

  /// A new option cannot forget its bounds.
  @Test
  void everyNumberHasBounds() {
    List<String> forgotten = new ArrayList<>();
    collect(Outcome.everyCommand().getCommandSpec(), forgotten);
    assertEquals(List.of(), forgotten);
  }

  private static void collect(CommandSpec command, List<String> forgotten) {
    for (OptionSpec option : command.options()) {
      String name = command.qualifiedName().replaceFirst("pdnn ?", "") + " " + option.longestName();
      Class<?> type = option.type();
      boolean number =
          Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
      if (number
          && Bounds.of(option) == null
          && !ELSEWHERE.contains(option.longestName())
          && !ELSEWHERE.contains(name)) {
        forgotten.add(name);
      }
    }
    command.subcommands().values().forEach(line -> collect(line.getCommandSpec(), forgotten));
  }
}
