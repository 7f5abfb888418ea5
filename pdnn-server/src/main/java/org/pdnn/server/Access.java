package org.pdnn.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/// Who may ask a server, and by what connections.
///
/// @param token that requests must bring as `Authorization: Bearer TOKEN`, except those whether the
///   server is live and ready
/// @param certificate of the server, for connections by TLS; without it they are plain
public record Access(Optional<String> token, Optional<Certificate> certificate) {
  /// For all, plain.
  public static final Access OPEN = new Access(Optional.empty(), Optional.empty());

  static final String DENIED = "the request needs the header Authorization: Bearer TOKEN";

  private static final String SCHEME = "Bearer ";

  /// A certificate as PEM files.
  ///
  /// @param chain the certificate, and those that vouch for it
  /// @param key its private key, PKCS #8, not encrypted
  public record Certificate(Path chain, Path key) {}

  public Access {
    if (token.isPresent() && !token.get().matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "a token has one or more letters, digits and signs, without spaces");
    }
  }

  /// Whether a request may be answered; takes as long whatever is wrong with its token.
  ///
  /// @param authorization its header, if it has one
  boolean admits(Optional<String> authorization) {
    return token.isEmpty()
        || MessageDigest.isEqual(
            (SCHEME + token.get()).getBytes(StandardCharsets.UTF_8),
            authorization.orElse("").getBytes(StandardCharsets.UTF_8));
  }
}
