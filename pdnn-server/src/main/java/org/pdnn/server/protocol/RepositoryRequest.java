package org.pdnn.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.pdnn.files.JsonFault;
import org.pdnn.names.Printable;

/// A request about the models themselves, by the model repository extension; its body may be empty.
///
/// @param ready whether only models are listed that answer
public record RepositoryRequest(boolean ready) {
  /// What clients send with its value that changes nothing here: models depend on no others.
  private static final Map<String, Object> ALLOWED = Map.of("unload_dependents", false);

  /// Reads a body.
  ///
  /// @throws RequestException if it asks for what is not done
  public static RepositoryRequest read(byte[] body) throws RequestException {
    if (body.length == 0) {
      return new RepositoryRequest(false);
    }
    try (JsonParser json = InferRequest.JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw RequestException.wrong("the body must be a JSON object");
      }
      boolean ready = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "ready" -> ready = json.currentToken() == JsonToken.VALUE_TRUE;
          case "parameters" -> check(Scalars.object(json, "of the request"));
          default -> json.skipChildren();
        }
      }
      return new RepositoryRequest(ready);
    } catch (JsonProcessingException e) {
      throw RequestException.wrong("the body is not JSON: %s", JsonFault.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Map<String, Object> parameters) throws RequestException {
    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
      if (!parameter.getValue().equals(ALLOWED.get(parameter.getKey()))) {
        throw RequestException.wrong(
            "a model is loaded as its file is; leave parameter %s out",
            Printable.quoted(parameter.getKey()));
      }
    }
  }
}
