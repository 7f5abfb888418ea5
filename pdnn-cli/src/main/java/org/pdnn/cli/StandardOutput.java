package org.pdnn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.files.FileFault;

/// Standard output, which remembers that it failed: a full disk must not look like success.
final class StandardOutput extends OutputStream {
  private final OutputStream stream = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException failure;

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      stream.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  /// What went wrong, if anything did.
  Optional<String> failure() {
    return Optional.ofNullable(failure).map(FileFault::of);
  }

  /// Whether the reader has had enough, as `head` has after ten lines.
  boolean unread() {
    return failure != null && "Broken pipe".equals(failure.getMessage());
  }
}
