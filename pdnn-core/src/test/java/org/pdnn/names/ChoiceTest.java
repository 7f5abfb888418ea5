package org.pdnn.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private enum Order {
    CHANNELS_FIRST,
    CHANNELS_LAST
  }

  @Test
  void namesAreInLowerCaseWithHyphensAndReadInCapitalsToo() {
    assertEquals("channels-last", Choice.name(Order.CHANNELS_LAST));
    assertEquals(
        Order.CHANNELS_LAST, Choice.parse(Order.class, "order of axes", " Channels-Last "));
  }

  @Test
  void anUnknownNameIsToldTheNearestAndAll() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Choice.parse(Order.class, "order of axes", "channels-lost\n"));
    assertEquals(
        "unknown order of axes 'channels-lost?' (did you mean 'channels-last'?); use channels-first"
            + " or channels-last",
        e.getMessage());
  }

  @Test
  void theLastOfSeveralStandsAfterOr() {
    assertEquals("one", Choice.listed(List.of("one")));
    assertEquals("one, two or three", Choice.listed(List.of("one", "two", "three")));
  }
}
