package org.pdnn.sweep;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// A cell held by one thread of one process: what another works on is waited for. The system lets
/// go of what a killed process held.
final class Lock implements AutoCloseable {
  private static final String FILE = "lock";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Path file;
  private final FileChannel channel;

  private Lock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Waits until nobody else holds a folder, and holds it until closed.
  ///
  /// @param folder made if it is not there
  /// @throws CancellationException if this thread is interrupted
  static Lock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock(channel);
        return new Lock(file, channel);
      } catch (IOException | InterruptedException e) {
        channel.close();
        throw e;
      }
    } catch (ClosedByInterruptException | FileLockInterruptionException | InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// The system makes processes wait for each other, but not the threads of one.
  private static void lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException heldByAnotherThread) {
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
  }

  /// Removes the lock of a cell that is finished: who waited for it finds the cell, and who comes
  /// later needs no lock.
  void finished() throws IOException {
    try {
      Files.deleteIfExists(file);
    } catch (FileSystemException windowsKeepsOpenFiles) {
      // The lock stays, and harms nobody.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
