package org.pdnn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/// Where bytes that are written to a path end up: links are followed, and what is no regular file,
/// as a device, a pipe or standard output, is written into and stays what it is.
///
/// @param named the path as it was given, for complaints
/// @param target what its links lead to, absolute; may not exist
record Destination(Path named, Path target) {
  private static final int MOST_LINKS = 40;

  /// @throws IOException if the path is a folder, or its links lead in a circle
  static Destination of(Path named) throws IOException {
    Path target = named.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target) && !isStream(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("cannot write %s: its links lead in a circle".formatted(named));
      }
      target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
    }
    if (target.getParent() == null || Files.isDirectory(target)) {
      throw new IOException(named + " is a folder; name a file");
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new IOException(
          "cannot write %s: it is read-only; change its permissions, or name another file"
              .formatted(named));
    }
    return new Destination(named, target);
  }

  /// A file that this or another process has open, by its number: what it leads to may have no
  /// name, and must not be replaced.
  private static boolean isStream(Path path) {
    return path.startsWith("/dev") || path.startsWith("/proc");
  }

  /// Whether bytes go straight into what is there.
  boolean straight() {
    return isStream(target) || (Files.exists(target) && !Files.isRegularFile(target));
  }

  /// The folder of the target.
  Path folder() {
    return target.resolveSibling("");
  }

  /// Gives a file that shall take the target's place its mode, and its owner where that is allowed.
  void lendAttributes(Path file) throws IOException {
    PosixFileAttributeView to = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (to == null || !Files.exists(target)) {
      return;
    }
    PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class);
    try {
      to.setGroup(old.group());
      to.setOwner(old.owner());
    } catch (IOException notAllowed) {
      // Only root may give files away; the new file is then the writer's own.
    }
    to.setPermissions(old.permissions());
  }
}
