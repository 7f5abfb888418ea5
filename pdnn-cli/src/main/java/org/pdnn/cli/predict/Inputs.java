package org.pdnn.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.data.ImageFile;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;

/// What is to be classified.
sealed interface Inputs {
  int count();

  String name(int index);

  /// The values that the network reads.
  ///
  /// @throws IOException if there are none, with a sentence that names the input
  float[] read(int index) throws IOException;

  /// One image of a set.
  record OfSet(Images images, int wanted) implements Inputs {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int index) {
      return images.name() + " " + wanted;
    }

    @Override
    public float[] read(int index) {
      float[] values = new float[images.shape().size()];
      images.read(wanted, values, 0);
      return values;
    }
  }

  /// Pictures in files.
  record OfFiles(List<Path> files, InputImages form, boolean resize) implements Inputs {
    @Override
    public int count() {
      return files.size();
    }

    @Override
    public String name(int index) {
      return files.get(index).toString();
    }

    @Override
    public float[] read(int index) throws IOException {
      return form.values(ImageFile.read(files.get(index), form.picture(), resize), 0);
    }
  }
}
