package org.pdnn.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Precision;
import org.pdnn.server.ModelSource;
import org.pdnn.server.Served;

class ModelFilesTest {
  @TempDir private Path folder;

  private Path model(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return SmallFiles.model(path, "mlp:4-3-2", Shape.of(1, 2, 2), 2);
  }

  private ModelSource source(Path... named) {
    return new ModelFiles(
        List.of(named), Optional.of(folder.resolve("models")), _ -> Precision.DEFAULT);
  }

  @Test
  void aFolderHasModelsAndVersions() throws IOException {
    model("models/a.safetensors");
    model("models/b/2.safetensors");
    model("models/b/10.safetensors");
    model("models/b/draft.safetensors");
    model("models/.hidden.safetensors");
    Files.writeString(folder.resolve("models/notes.txt"), "none");
    ModelSource source = source(model("c.safetensors"));
    assertEquals(List.of("a", "b", "c"), source.names());
    assertEquals(List.of(2, 10), source.read("b").stream().map(Served::version).toList());
    assertEquals(1, source.read("c").size());
    assertTrue(source.optional("a"));
    assertFalse(source.optional("c"), "it was named on the command line");
    assertTrue(source.read("../c").isEmpty());
    model("models/d.safetensors");
    assertEquals(List.of("a", "b", "c", "d"), source.names());
  }

  @Test
  void noVersionIsThereTwice() throws IOException {
    model("models/a.safetensors");
    ModelSource source = source(model("a.safetensors"));
    assertThrows(IllegalArgumentException.class, source::names);
  }
}
