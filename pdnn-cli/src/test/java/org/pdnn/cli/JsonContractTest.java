package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import picocli.CommandLine;

/// That the contract knows every command, and refuses what it does not know.
class JsonContractTest {
  @Test
  void everyCommandThatWritesJsonHasAnEntry() {
    Set<String> writers = new TreeSet<>();
    Outcome.everyCommand()
        .getSubcommands()
        .forEach((name, command) -> {
          if (writesJson(command)) {
            writers.add(name);
          }
          command
              .getSubcommands()
              .forEach((inner, one) -> {
                if (writesJson(one)) {
                  writers.add(name + "-" + inner);
                }
              });
        });
    assertEquals(writers, JsonContract.commands());
  }

  private static boolean writesJson(CommandLine command) {
    return command.getCommandSpec().findOption("--format") != null;
  }

  @Test
  void anUnknownKeyAWrongTypeAndAMissingKeyAreRefused() {
    String json = Outcome.done("list", "schemes", "--format", "json").out();
    refused("unknownKey", json.replaceFirst("\\{", "{\"unknownKey\": 1,"));
    refused("string", json.replaceFirst("\"independent\"", "7"));
    refused("provenance", json.replace("\"provenance\"", "\"schemes\""));
  }

  private static void refused(String why, String json) {
    AssertionFailedError error =
        assertThrows(
            AssertionFailedError.class,
            () -> JsonContract.check(new String[] {"list", "schemes"}, json));
    assertTrue(String.valueOf(error.getMessage()).contains(why), error.getMessage());
  }
}
