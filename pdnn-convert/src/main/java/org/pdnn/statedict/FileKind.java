package org.pdnn.statedict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What a file of weights is, by its name and its first bytes.
enum FileKind {
  SAFETENSORS,
  /// A zip archive of arrays of NumPy.
  NPZ,
  /// What PyTorch, scikit-learn and Python itself save: a program for the machine that unpickles.
  PICKLE,
  /// What Keras saves.
  HDF5,
  ONNX,
  /// One array of NumPy.
  NPY,
  /// What git leaves in place of a large file.
  POINTER,
  UNKNOWN;

  private static final int HEAD = 24;

  /// Looks at a file. One that is called a pickle is taken for one whatever it holds.
  ///
  /// @throws IOException if it cannot be opened
  static FileKind of(Path file) throws IOException {
    FileKind named = named(file);
    byte[] head = head(file);
    if (head.length >= HEAD && startsWith(head, "version https://git-lfs")) {
      return POINTER;
    }
    return switch (named) {
      case PICKLE, HDF5, ONNX, NPY -> named;
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
      case "npy" -> NPY;
      default -> UNKNOWN;
    };
  }

  private static FileKind held(byte[] head) {
    // Before the pickle: a header of 640 bytes begins as a pickle does.
    if (head.length > 8 && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[8] == '{') {
      return SAFETENSORS;
    }
    if (startsWith(head, "PK\3\4")) {
      return NPZ;
    }
    if (startsWith(head, "\u0089HDF\r\n")) {
      return HDF5;
    }
    if (startsWith(head, "\u0093NUMPY")) {
      return NPY;
    }
    boolean pickled = head.length > 1 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    return pickled ? PICKLE : UNKNOWN;
  }

  private static boolean startsWith(byte[] head, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= wanted.length
        && Arrays.equals(head, 0, wanted.length, wanted, 0, wanted.length);
  }

  private static byte[] head(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a .safetensors or .npz file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist; check the path", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read; change its permissions", e);
    }
  }

  /// Why a file of this kind is not read, and what to do.
  IOException refusal(Path file) {
    return new IOException(
        switch (this) {
          case PICKLE -> pickle(file);
          case HDF5 ->
              file
                  + " is a file of Keras in HDF5; in Python, save the weights as arrays by"
                  + " numpy.savez(\"weights.npz\", **{w.path: w.numpy() for w in model.weights})";
          case ONNX -> file + " is an ONNX model, which needs no architecture; read it as one";
          case NPY ->
              file
                  + " is one array without a name; save all arrays of the network in one file by"
                  + " numpy.savez(\"weights.npz\", **arrays)";
          case POINTER ->
              file + " is what git keeps in place of a large file; fetch it by git lfs pull";
          case SAFETENSORS, NPZ, UNKNOWN ->
              file + " is neither a .safetensors nor an .npz file; save the weights as one of them";
        });
  }

  private static String pickle(Path file) {
    String name = file.toString();
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    int dot = name.lastIndexOf('.');
    String target = (dot > slash + 1 ? name.substring(0, dot) : name) + ".safetensors";
    return """
    %s is a pickle, which runs code when it is read, and is not read here; turn it into \
    safetensors in Python:
    import torch
    from safetensors.torch import save_file
    save_file({k: v.contiguous() for k, v in torch.load(%s, map_location="cpu", \
    weights_only=True).items()}, %s)\
    """
        .formatted(file, python(name), python(target));
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
