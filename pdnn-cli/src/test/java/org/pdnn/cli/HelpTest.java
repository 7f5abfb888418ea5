package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "study --help",
        "train --help",
        "evaluate --help",
        "analyse --help",
        "predict --help",
        "energy --help",
        "reproduce --help",
        "tradeoff --help",
        "bench --help",
        "bench inference --help",
        "bench training --help",
        "bench energy --help"
      })
  void everyCommandShowsExamples(String line) {
    Outcome help = Outcome.done((Object[]) line.split(" "));
    assertTrue(help.out().contains("Example"), help.out());
    assertTrue(help.out().contains("  pdnn "), help.out());
    assertEquals("", help.err());
  }

  @Test
  void theVersionIsOneLine() {
    Outcome version = Outcome.done("--version");
    assertTrue(version.out().matches("pdnn [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R"), version.out());
  }

  @Test
  void completionIsABashScript() {
    Outcome script = Outcome.done("generate-completion");
    assertTrue(script.out().startsWith("#!/usr/bin/env bash"), script.out());
    for (String word : new String[] {"evaluate", "--checkpoint-seconds", "--sweep-memory"}) {
      assertTrue(script.out().contains(word), word);
    }
  }

  @Test
  void aCommandIsNeeded() {
    assertEquals("a command is missing; see pdnn --help", Outcome.refused(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trian",
        "train --sample 3",
        "evaluate",
        "evaluate m.safetensors --format yaml",
        "evaluate m.safetensors --average middle",
        "predict m.safetensors",
        "predict m.safetensors --index 1 --input seven.png",
        "train --epochs many",
        "bench",
        "bench inference --batch many",
        "reproduce"
      })
  void wrongUsageNamesTheHelp(String line) {
    String sentence = Outcome.refused(2, (Object[]) line.split(" "));
    assertTrue(sentence.matches(".*; see pdnn( [a-z]+)* --help"), sentence);
  }

  @Test
  void theStackTraceIsForThoseWhoAsk() {
    Outcome verbose = Outcome.of("energy", "none.safetensors", "--verbose");
    assertEquals(1, verbose.code());
    assertTrue(verbose.err().contains("\tat org.pdnn."), verbose.err());
  }
}
