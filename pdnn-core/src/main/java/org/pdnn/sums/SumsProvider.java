package org.pdnn.sums;

/// A library that computes sums, found by [java.util.ServiceLoader].
public interface SumsProvider {

  /// What `-Dpdnn.sums` names it.
  String name();

  /// The library, loaded.
  ///
  /// @throws UnavailableException if it cannot be loaded on this machine
  Sums load() throws UnavailableException;

  /// Why a library does not compute sums here, as a clause: `its native code is not on the path`.
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnavailableException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
