package org.pdnn.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void printedCharactersStay() {
    assertEquals("fc1.weight 'ä' 重み 𝔚", Printable.of("fc1.weight 'ä' 重み 𝔚"));
  }

  @Test
  void whatWouldBreakOrTurnTheLineIsAQuestionMark() {
    assertEquals("a?b?c?d?e?f?g", Printable.of("a\nb\u001bc\u0085d\u2028e\u202ef\ud800g"));
  }

  @Test
  void longTextsAreCut() {
    assertEquals("a".repeat(80), Printable.of("a".repeat(80)));
    assertEquals("a".repeat(80) + "...", Printable.of("a".repeat(81)));
    assertEquals("𝔚𝔚...", Printable.of("𝔚𝔚𝔚", 2));
  }

  @Test
  void linesKeepTheirEndsAndTabs() {
    assertEquals("a\n\tb?c?d", Printable.lines("a\n\tb\u001bc\u009bd"));
  }

  @Test
  void jsonKeepsItsMeaning() {
    assertEquals(
        "{\"a\":\"ä\\u009b\\u202e\\ud800x\"}\n",
        Printable.json("{\"a\":\"ä\u009b\u202e\ud800x\"}\n"));
  }
}
