package org.pdnn.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/// What is wrong with a piece of JSON, in words that do not name the parser's classes and settings.
public final class JsonFault {
  private static final Pattern SETTINGS =
      Pattern.compile(
          " \\(bound as `[^`]*`\\)| \\(start marker at .*\\)|(: enable|: not allowed as per|, from)"
              + " `[^`]*`( to allow)?");

  private static final String BYTE_ORDER_MARK = "(code 65279 ";

  private JsonFault() {}

  /// A phrase, as in `Document nesting depth (1001) exceeds the maximum allowed (1000)`.
  public static String of(JsonProcessingException fault) {
    String told = fault.getOriginalMessage();
    return told.contains(BYTE_ORDER_MARK)
        ? "it begins with a byte order mark; save it as UTF-8 without one"
        : SETTINGS.matcher(told).replaceAll("");
  }
}
