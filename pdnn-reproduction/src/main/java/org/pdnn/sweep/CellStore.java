package org.pdnn.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pdnn.files.AtomicFile;

/// The cells on disk: one folder per cell, in it `cell.json` once it is finished. The file is
/// written aside and renamed as the last thing, so that what has it is whole.
final class CellStore {
  private static final String FINISHED = "cell.json";
  private static final long MOST_BYTES = 64L << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path root;

  /// @param root folder of the cells' folders; made when something is kept
  CellStore(Path root) {
    this.root = root;
  }

  /// The folder of a cell, finished or not.
  Path folder(Cell<?> cell) {
    return root.resolve(Address.of(cell).name());
  }

  /// What was found, if the cell is finished.
  ///
  /// @throws IOException if its file is damaged, of another version or of another cell, with what
  ///   to do
  Optional<Entry> find(Cell<?> cell) throws IOException {
    Path file = folder(cell).resolve(FINISHED);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too long for a cell; remove its folder and run again");
    }
    try {
      Entry entry = Entry.fromJson(file.toString(), JSON.readTree(file.toFile()));
      if (!entry.address().equals(Address.of(cell))) {
        throw new IOException(file + " is of another cell; remove its folder and run again");
      }
      requireResult(file, cell, entry);
      return Optional.of(entry);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged; remove its folder and run again", e);
    }
  }

  /// The result may be that of a version whose results held other things.
  private static void requireResult(Path file, Cell<?> cell, Entry entry) throws IOException {
    try {
      cell.kind().read(entry.result());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s is of another version, %s; remove its folder and run again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /// Lets a cell be unfinished again.
  void forget(Cell<?> cell) throws IOException {
    Files.deleteIfExists(folder(cell).resolve(FINISHED));
  }

  void keep(Cell<?> cell, Entry entry) throws IOException {
    AtomicFile.write(
        folder(cell).resolve(FINISHED),
        out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entry.toJson())));
  }
}
