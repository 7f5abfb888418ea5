package org.pdnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import org.pdnn.network.ModelFile;
import scala.Option;

/// A model as it is saved: the parameters as Spark saves them, and beside them the model file.
final class SavedModel {
  private static final String FILE = "model.safetensors";

  private SavedModel() {}

  /// The bytes of a file, wherever Hadoop reads it.
  static byte[] bytes(SparkSession session, Path file) throws IOException {
    FileSystem files = file.getFileSystem(session.sparkContext().hadoopConfiguration());
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  /// Writes a model.
  static final class Writer extends MLWriter {
    private final PdnnModel model;
    private final byte[] bytes;

    Writer(PdnnModel model, byte[] bytes) {
      this.model = model;
      this.bytes = bytes;
    }

    @Override
    public void saveImpl(String folder) {
      DefaultParamsWriter$.MODULE$.saveMetadata(model, folder, sparkSession());
      Path file = new Path(folder, FILE);
      try (FSDataOutputStream out =
          file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).create(file)) {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Reads a model.
  static final class Reader extends MLReader<PdnnModel> {
    @Override
    public PdnnModel load(String folder) {
      var metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              folder, sparkSession(), PdnnModel.class.getName());
      try {
        Path file = new Path(folder, FILE);
        byte[] bytes = bytes(sparkSession(), file);
        ModelFile read = ModelFile.of(java.nio.file.Path.of(file.toUri().getPath()), bytes);
        PdnnModel model = new PdnnModel(metadata.uid(), read, bytes);
        metadata.getAndSetParams(model, Option.empty());
        String saved = model.getOrDefault(model.modelSha256());
        if (!saved.equals(read.sha256())) {
          throw new IOException(
              "%s is not the file that was saved: its SHA-256 is %s, not %s"
                  .formatted(file, read.sha256(), saved));
        }
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
