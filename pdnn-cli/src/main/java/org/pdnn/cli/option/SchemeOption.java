package org.pdnn.cli.option;

import org.pdnn.random.Scheme;
import picocli.CommandLine.Option;

/// `--scheme`: how samples share randomness.
@Heading("Sampling")
public final class SchemeOption {
  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "scrambled",
      description =
          "How samples share randomness: independent, antithetic, xor, scrambled or stratified"
              + " (default: ${DEFAULT-VALUE}).")
  private Scheme scheme = Scheme.SCRAMBLED;

  public Scheme value() {
    return scheme;
  }
}
