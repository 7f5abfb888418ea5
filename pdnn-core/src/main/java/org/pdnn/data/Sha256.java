package org.pdnn.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that names data: SHA-256 (FIPS 180-4).
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
