package org.pdnn.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.pdnn.files.InputFile;
import org.pdnn.files.RecipeException;

/// What software wrote a file of a network, by the file's name and its first bytes, and the way
/// from there to a model file of ours.
public enum FileKind {
  SAFETENSORS,
  /// A zip archive of arrays of NumPy.
  NPZ,
  /// What PyTorch, scikit-learn and Python itself save: a program for the machine that unpickles.
  PICKLE,
  /// What Keras saves.
  HDF5,
  ONNX,
  /// What TensorFlow saves, and TensorFlow Lite reads.
  TENSORFLOW,
  /// One array of NumPy.
  NPY,
  /// What git leaves in place of a large file.
  POINTER,
  UNKNOWN;

  private static final int HEAD = 128;

  /// Looks at a file. One that is called a pickle is taken for one whatever it holds.
  ///
  /// @throws IOException if it cannot be opened
  public static FileKind of(Path file) throws IOException {
    InputFile.requireReadable(file, ".safetensors or .npz file");
    try (InputStream in = Files.newInputStream(file)) {
      return of(file, in.readNBytes(HEAD));
    }
  }

  /// What a file is by its name and its bytes, of which the first count.
  static FileKind of(Path file, byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, Math.min(HEAD, bytes.length));
    if (startsWith(head, 0, "version https://git-lfs")) {
      return POINTER;
    }
    FileKind named = named(file);
    return switch (named) {
      case PICKLE, HDF5, ONNX, TENSORFLOW, NPY -> named;
      case SAFETENSORS, NPZ, POINTER, UNKNOWN -> {
        FileKind held = held(head);
        yield held == UNKNOWN ? named : held;
      }
    };
  }

  private static FileKind named(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot + 1)) {
      case "safetensors" -> SAFETENSORS;
      case "npz" -> NPZ;
      case "pt", "pth", "bin", "pkl", "pickle", "ckpt", "joblib" -> PICKLE;
      case "h5", "hdf5", "keras" -> HDF5;
      case "onnx" -> ONNX;
      case "tflite", "pb" -> TENSORFLOW;
      case "npy" -> NPY;
      default -> UNKNOWN;
    };
  }

  private static FileKind held(byte[] head) {
    // Before the pickle: a header of 640 bytes begins as a pickle does.
    if (head.length > 8 && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[8] == '{') {
      return SAFETENSORS;
    }
    if (startsWith(head, 0, "PK\3\4")) {
      // PyTorch's archives begin with the entry NAME/data.pkl.
      return new String(head, StandardCharsets.ISO_8859_1).contains("/data.pkl") ? PICKLE : NPZ;
    }
    if (startsWith(head, 0, "\u0089HDF\r\n")) {
      return HDF5;
    }
    if (startsWith(head, 0, "\u0093NUMPY")) {
      return NPY;
    }
    if (startsWith(head, 4, "TFL3")) {
      return TENSORFLOW;
    }
    boolean pickled = head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    return pickled ? PICKLE : UNKNOWN;
  }

  private static boolean startsWith(byte[] head, int from, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    int to = from + wanted.length;
    return head.length >= to && Arrays.equals(head, from, to, wanted, 0, wanted.length);
  }

  /// Whether the file is of other software than ours, and known.
  boolean foreign() {
    return this != SAFETENSORS && this != UNKNOWN;
  }

  /// Why a file is no model file, and what makes one of it.
  IOException noModel(Path file) {
    String convert = "pdnn convert %s --data NAME|FOLDER --out %s".formatted(file, target(file));
    return switch (this) {
      case ONNX ->
          new IOException(
              "%s is an ONNX model; make a model file of it by %s".formatted(file, convert));
      case NPZ ->
          new IOException(
              "%s is an archive of arrays; make a model file of it by %s --network mlp:784-64-10, or another architecture (docs/how-to/numpy.md)"
                  .formatted(file, convert));
      case PICKLE ->
          new IOException(
              file
                  + " is a pickle, as PyTorch writes; bring its weights here as"
                  + " docs/how-to/pytorch.md shows");
      case HDF5 ->
          new IOException(
              file + " is a file of Keras; bring its weights here as docs/how-to/numpy.md shows");
      case SAFETENSORS, TENSORFLOW, NPY, POINTER, UNKNOWN -> refusal(file);
    };
  }

  /// Why a file of this kind is not read for its weights, and what to do.
  public IOException refusal(Path file) {
    return switch (this) {
      case PICKLE -> pickle(file);
      case HDF5 ->
          new IOException(
              file
                  + " is a file of Keras in HDF5; in Python, save the weights as arrays by"
                  + " numpy.savez(\"weights.npz\", **{getattr(w, \"path\", w.name): w.numpy() for w"
                  + " in model.weights})");
      case ONNX ->
          new IOException(
              file + " is an ONNX model, which needs no architecture; leave --network out");
      case TENSORFLOW ->
          new IOException(
              file
                  + " is a model of TensorFlow; in Python, turn it into ONNX by tf2onnx, as in"
                  + " python -m tf2onnx.convert --saved-model FOLDER --output net.onnx, or --tflite"
                  + " FILE");
      case NPY ->
          new IOException(
              file
                  + " is one array without a name; save all arrays of the network in one file by"
                  + " numpy.savez(\"weights.npz\", **arrays)");
      case POINTER ->
          new IOException(
              file + " is what git keeps in place of a large file; fetch it by git lfs pull");
      case SAFETENSORS, NPZ, UNKNOWN ->
          new IOException(
              file
                  + " is neither a .safetensors nor an .npz file; save the weights as one of them");
    };
  }

  private static IOException pickle(Path file) {
    return new RecipeException(
        file
            + " is a pickle, which runs code when it is read, and is not read here; turn it into"
            + " safetensors in Python:",
        """
        import torch
        from safetensors.torch import save_file
        saved = torch.load(%s, map_location="cpu", weights_only=True)
        for key in ("state_dict", "model_state_dict", "model"):
            saved = saved.get(key, saved)
        save_file({k: v.contiguous().clone() for k, v in saved.items() if torch.is_tensor(v)}, %s)\
        """
            .formatted(python(file.toString()), python(target(file))));
  }

  /// The same path with another ending, and of a file that is not there.
  private static String target(Path file) {
    String name = file.toString();
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    int dot = name.lastIndexOf('.');
    String stem = dot > slash + 1 ? name.substring(0, dot) : name;
    String plain = stem + ".safetensors";
    return Files.exists(Path.of(plain)) ? stem + "-converted.safetensors" : plain;
  }

  /// A text as Python writes it.
  private static String python(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        literal.append("\\x%02x".formatted((int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
