package org.pdnn.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import org.pdnn.network.ModelFile;
import picocli.CommandLine.Parameters;

/// `MODEL`: the model file that a command is about.
public final class ModelArgument {
  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, .safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  public ModelFile read() throws IOException {
    return ModelFile.read(file);
  }
}
