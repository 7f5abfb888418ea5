package org.pdnn.onednn;

import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsProvider;

/// oneDNN, as the service that the core looks for.
public final class OneDnnProvider implements SumsProvider {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public Sums load() throws UnavailableException {
    try {
      return new OneDnnSums();
    } catch (ExceptionInInitializerError e) {
      throw new UnavailableException(String.valueOf(e.getException().getMessage()), e);
    } catch (LinkageError | RuntimeException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()), e);
    }
  }
}
