package org.pdnn.server;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.pdnn.network.Model;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// Requests whose body is a picture, and whose parameters stand in the query.
final class PictureRequest {
  private static final String RESIZE = "resize";
  private static final String ID = "id";

  private final PictureReader reader;

  /// A decoder takes several times the memory of its picture.
  private final Semaphore decoders;

  /// @param decoders that may work at once
  PictureRequest(PictureReader reader, int decoders) {
    this.reader = reader;
    this.decoders = new Semaphore(decoders);
  }

  /// The request for a picture, as if its values had been sent.
  ///
  /// @param query names with their values
  InferRequest of(byte[] picture, Map<String, String> query, Model model) throws RequestException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    query.forEach((name, value) -> parameters.put(name, parsed(value)));
    boolean resize =
        switch (parameters.remove(RESIZE)) {
          case null -> false;
          case Boolean given -> given;
          case Object _ -> throw new RequestException(Kind.WRONG, "resize is true or false");
        };
    parameters.remove(ID);
    return new InferRequest(
        Optional.ofNullable(query.get(ID)),
        parameters,
        List.of(values(picture, model, resize)),
        Map.of(),
        false);
  }

  private float[] values(byte[] picture, Model model, boolean resize) throws RequestException {
    decoders.acquireUninterruptibly();
    try {
      return reader.read(picture, model, resize);
    } catch (IOException | IllegalArgumentException e) {
      throw new RequestException(Kind.WRONG, String.valueOf(e.getMessage()));
    } finally {
      decoders.release();
    }
  }

  /// A parameter as JSON would have it: a truth value, a number or a text.
  private static Object parsed(String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException notWhole) {
      try {
        return Double.valueOf(value);
      } catch (NumberFormatException e) {
        return value;
      }
    }
  }
}
