package org.pdnn.sweep;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;

/// A cell held by one process: what another one works on is waited for. The system lets go of what
/// a killed process held.
final class Hold implements AutoCloseable {
  private static final String FILE = "lock";

  private final FileChannel channel;

  private Hold(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until no other process holds a folder, and holds it until closed.
  ///
  /// @param folder made if it is not there
  /// @throws CancellationException if this thread is interrupted
  static Hold of(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        channel.lock();
        return new Hold(channel);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
