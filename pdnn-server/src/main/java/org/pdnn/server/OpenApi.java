package org.pdnn.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The description of all addresses, requests and replies that clients' generators read. It is a
/// document, `openapi.json`; a test holds it against what is served.
final class OpenApi {
  private static final String DOCUMENT = "openapi.json";

  private OpenApi() {}

  static byte[] document() {
    try (InputStream in = OpenApi.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException("the resource %s is missing".formatted(DOCUMENT));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
