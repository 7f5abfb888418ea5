package org.pdnn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class JsonFaultTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static void told(String expected, String json) {
    var fault = assertThrows(JsonProcessingException.class, () -> STRICT.readTree(json));
    assertEquals(expected, JsonFault.of(fault));
  }

  @Test
  void theParsersSettingsAreNotNamed() {
    told("Document nesting depth (1001) exceeds the maximum allowed (1000)", "[".repeat(1001));
    told("Non-standard token 'NaN'", "{\"accuracy\":NaN}");
    told("Trailing token (of type START_OBJECT) found after value", "{}{}");
    told("Unexpected end-of-input: expected close marker for Object", "{\"input\":[3]");
    told("it begins with a byte order mark; save it as UTF-8 without one", "\ufeff{}");
  }
}
