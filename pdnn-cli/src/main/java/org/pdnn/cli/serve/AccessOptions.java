package org.pdnn.cli.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.server.Access;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// `--token-file`, `--tls-certificate` and `--tls-key`.
final class AccessOptions {
  @Heading("Access")
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Answer only requests with Authorization: Bearer TOKEN, the text of FILE.")
  private @Nullable Path token;

  @Heading("Access")
  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Certificate chain, PEM: connections are by TLS. Needs --tls-key.")
  private @Nullable Path certificate;

  @Heading("Access")
  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate, PEM, not encrypted.")
  private @Nullable Path key;

  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  Access read() throws IOException {
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(
          spec.commandLine(), "--tls-certificate and --tls-key need each other");
    }
    return new Access(
        token == null ? Optional.empty() : Optional.of(Files.readString(token).strip()),
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new Access.Certificate(certificate, key)));
  }
}
