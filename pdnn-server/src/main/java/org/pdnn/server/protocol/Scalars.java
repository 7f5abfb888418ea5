package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.names.Printable;

/// Texts, numbers and truth values of JSON: all that a parameter may be.
final class Scalars {
  private static final int MOST_PARAMETERS = 64;

  private Scalars() {}

  /// The text that the parser stands at.
  ///
  /// @param what it is, for a complaint
  static String text(JsonParser json, String what) throws IOException, RequestException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw RequestException.wrong("%s must be a text", what);
    }
    return json.getText();
  }

  /// The parameters that the parser stands at, as [String], [Long], [Double] or [Boolean].
  ///
  /// @param whose they are, for a complaint
  static Map<String, Object> object(JsonParser json, String whose)
      throws IOException, RequestException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw RequestException.wrong("the parameters %s must be an object", whose);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      if (all.size() == MOST_PARAMETERS) {
        throw RequestException.wrong("there are more than %s parameters", MOST_PARAMETERS);
      }
      String key = json.currentName();
      all.put(key, scalar(json, key));
    }
    return all;
  }

  private static Object scalar(JsonParser json, String key) throws IOException, RequestException {
    return switch (json.nextToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) json.getDoubleValue()
              : (Object) json.getLongValue();
      case null, default ->
          throw RequestException.wrong(
              "parameter %s must be a text, a number, true or false", Printable.quoted(key));
    };
  }
}
