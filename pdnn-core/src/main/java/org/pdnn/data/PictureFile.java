package org.pdnn.data;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.pdnn.files.Sha256;

/// A picture file, read.
///
/// @param pixels the stored values, as Pillow's `convert("RGB")` gives them: no colour profile or
///   gamma is applied, transparency is ignored, and of several pictures the first is taken
/// @param digest the first 64 bits of the SHA-256 of the file's bytes
record PictureFile(Decoded pixels, long digest) {
  /// 2^24 pixels of eight bytes, not packed.
  private static final int MOST_BYTES = 1 << 27;

  /// Larger pictures (2^20 pixels) are decoded one at a time: a decoder takes several times the
  /// memory of its picture.
  private static final int LARGE = 1 << 20;

  private static final Object ONE_AT_A_TIME = new Object();

  /// Reads a file of any [PictureForm].
  ///
  /// @throws IOException if the file is of no such form, damaged or too large
  static PictureFile read(Path file) throws IOException {
    return read(file.toString(), Unpacked.bytes(file, MOST_BYTES));
  }

  /// Reads the content of such a file.
  ///
  /// @param name of the file, for messages
  static PictureFile read(String name, byte[] bytes) throws IOException {
    PictureForm form =
        PictureForm.of(bytes)
            .orElseThrow(
                () -> Unpacked.damaged(name, "is not a " + PictureForm.NAMES + " picture", null));
    try {
      return new PictureFile(
          decoded(form, bytes), ByteBuffer.wrap(Sha256.digest().digest(bytes)).getLong());
    } catch (IOException | RuntimeException e) {
      // The decoders answer some damaged files with unchecked exceptions.
      throw new IOException(
          "%s cannot be decoded (%s); save it again, as PNG for instance, or take it out"
              .formatted(name, Unpacked.reason(e)),
          e);
    }
  }

  private static Decoded decoded(PictureForm form, byte[] bytes) throws IOException {
    if (form == PictureForm.PNM) {
      return Netpbm.read(bytes);
    }
    ImageReader reader =
        form == PictureForm.WEBP
            ? new WebPImageReaderSpi().createReaderInstance()
            : ImageIO.getImageReadersByFormatName(form.name()).next();
    try (ImageInputStream stream = new Content(bytes)) {
      reader.setInput(stream, true, true);
      Decoded.requireSize(reader.getHeight(0), reader.getWidth(0));
      if (reader.getHeight(0) * reader.getWidth(0) <= LARGE) {
        return decoded(form, bytes, reader);
      }
      synchronized (ONE_AT_A_TIME) {
        return decoded(form, bytes, reader);
      }
    } finally {
      reader.dispose();
    }
  }

  private static Decoded decoded(PictureForm form, byte[] bytes, ImageReader reader)
      throws IOException {
    return form == PictureForm.JPEG
        ? Jpeg.of(bytes).read(reader)
        : StoredColours.of(reader.read(0));
  }

  /// The bytes of a file. A decoder may look past their end a few times, but not live on the zeros
  /// that it imagines there: WebP's would for seconds.
  private static final class Content extends MemoryCacheImageInputStream {
    private static final int MOST_LOOKS = 256;

    private int looks;

    Content(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return checked(super.read(target, offset, length));
    }

    private int checked(int read) throws IOException {
      if (read < 0 && ++looks > MOST_LOOKS) {
        throw new IOException("it ends before its last pixel");
      }
      return read;
    }
  }
}
