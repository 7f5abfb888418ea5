package org.pdnn.ising.learning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Tensor;

/// An epoch as a file from which learning goes on: that of the machine, with the chains as one more
/// tensor.
///
/// @param notes as in [RbmFile]
public record Checkpoint(ContrastiveDivergence.Epoch epoch, Map<String, String> notes) {
  private static final String EPOCH = "epoch";
  private static final String CHAINS = "chains";

  /// Writes the file whole or not at all.
  public void write(Path file) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(notes);
    all.put(EPOCH, String.valueOf(epoch.number()));
    Map<String, Tensor> beside =
        epoch.chains().map(chains -> Map.of(CHAINS, chains)).orElse(Map.of());
    new RbmFile(epoch.rbm(), all).write(file, beside);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Checkpoint read(Path file) throws IOException {
    Safetensors contents = Safetensors.read(file);
    RbmFile machine = RbmFile.of(file, contents);
    Map<String, String> notes = new LinkedHashMap<>(machine.notes());
    String number = notes.remove(EPOCH);
    if (number == null || !number.matches("[0-9]{1,9}")) {
      throw new IOException("%s is no checkpoint: it does not say of which epoch".formatted(file));
    }
    return new Checkpoint(
        new ContrastiveDivergence.Epoch(
            Integer.parseInt(number),
            machine.rbm(),
            Optional.ofNullable(contents.tensors().get(CHAINS))),
        notes);
  }
}
