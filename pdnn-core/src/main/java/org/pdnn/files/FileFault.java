package org.pdnn.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// What a failure of the file system means, with what to do about it: Java often names the path
/// alone, and the system the fault alone.
public final class FileFault {
  private FileFault() {}

  /// What is wrong, and the remedy: `no permission; choose another or change its permissions`.
  public static String of(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> "it does not exist; check the path";
      case FileNotFoundException missing -> "it does not exist, or may not be opened";
      case AccessDeniedException denied ->
          "no permission; choose another path, or change its permissions";
      case NotDirectoryException file -> "it is a file, not a folder";
      case FileAlreadyExistsException there -> "it is a file, not a folder, or in the way";
      case DirectoryNotEmptyException full -> "the folder is not empty";
      case FileSystemLoopException loop -> "its links lead in a circle";
      case FileSystemException other ->
          Optional.ofNullable(other.getReason())
              .map(FileFault::withRemedy)
              .orElse("the system refuses");
      default -> withRemedy(String.valueOf(fault.getMessage()));
    };
  }

  /// A failure that names nothing but a path, as a sentence; one that is a sentence stays it.
  public static String sentence(IOException fault) {
    return fault instanceof FileSystemException system && system.getFile() != null
        ? system.getFile() + ": " + of(fault)
        : withRemedy(String.valueOf(fault.getMessage()));
  }

  /// The same of one that came through a stream.
  public static String sentence(UncheckedIOException fault) {
    IOException cause = fault.getCause();
    return cause == null ? withRemedy(String.valueOf(fault.getMessage())) : sentence(cause);
  }

  /// What is wrong in a file, with the remedy of damaged files if it names none.
  public static String ofContents(String fault) {
    return fault.contains("; ") ? fault : fault + "; write or copy it again";
  }

  /// The system's own words, with the remedy they lack.
  private static String withRemedy(String words) {
    return switch (words) {
      case "Is a directory" -> "it is a folder; name a file";
      case "Not a directory" -> "a part of the path is a file, not a folder";
      case "No space left on device" -> "the disk is full; make room or choose another";
      case "Disk quota exceeded" -> "your quota of the disk is used up; make room";
      case "Read-only file system" -> "the disk is read-only; choose another path";
      case "File name too long" -> "the name is too long; choose a shorter one";
      case "File too large" -> "the disk does not take files so large; choose another";
      case "Too many open files" ->
          "too many files are open; raise the limit by ulimit -n, or use fewer --threads";
      case "Input/output error" -> "the disk cannot be read or written; check it";
      case String other when other.startsWith("Too many levels of symbolic links") ->
          "its links lead in a circle";
      case String other -> other;
    };
  }
}
