package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What is read of a file, and what is said of one that is not read.
class StateDictTest {
  @TempDir private Path folder;

  private StateDict read(String name, byte... bytes) throws IOException {
    return StateDict.read(Files.write(folder.resolve(name), bytes));
  }

  /// What is wrong with a file, after its name.
  private String fault(String name, byte... bytes) {
    String message =
        String.valueOf(assertThrows(IOException.class, () -> read(name, bytes)).getMessage());
    String file = folder.resolve(name) + " ";
    assertTrue(message.startsWith(file), message);
    return message.substring(file.length());
  }

  private static byte[] array(String descr, boolean columns, String shape, byte... data) {
    return NpzFile.array(NpzFile.header(descr, columns, shape), data);
  }

  @Test
  void safetensorsOfHalfAndDoublePrecisionAreRead() throws IOException {
    byte[] file =
        new SafetensorsFile()
            .with("fc10.weight", "F16", "[1,2]", 1.5, -0.25)
            .with("fc2.weight", "BF16", "[2,1]", 3, -1e30)
            .with("fc1.bias", "F64", "[2]", 0.1, 1e-300)
            .with("bn.num_batches_tracked", "I64", "[]", 7)
            .with("scale", "F32", "[]", 2)
            .sorted();
    StateDict dict = read("x.safetensors", file);
    assertEquals(
        List.of("fc1.bias", "fc2.weight", "fc10.weight"), List.copyOf(dict.tensors().keySet()));
    float rounded = Float.intBitsToFloat(Float.floatToIntBits(-1e30f) & 0xFFFF0000);
    assertEquals(
        Map.of(
            "fc10.weight", new Tensor(Shape.of(1, 2), 1.5f, -0.25f),
            "fc2.weight", new Tensor(Shape.of(2, 1), 3, rounded),
            "fc1.bias", new Tensor(Shape.of(2), 0.1f, 0)),
        dict.tensors());
    assertEquals(
        List.of(
            "left aside, as they hold no real numbers of 16 to 64 bits: 'bn.num_batches_tracked'",
            "left aside, as they are single numbers: 'scale'"),
        dict.remarks());
    assertEquals(dict.tensors(), read("named-otherwise", file).tensors());
  }

  @Test
  void tensorsOfSafetensorsMayLieInAnyOrder() throws IOException {
    StateDict dict =
        read(
            "x.safetensors",
            SafetensorsFile.withHeader(
                """
                {"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},
                 "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}\
                """,
                NpzFile.floats(1, 2)));
    assertEquals("{b=Tensor 1, a=Tensor 1}", dict.tensors().toString());
    assertEquals(new Tensor(Shape.of(1), 2), dict.tensors().get("b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}    | tensor 'b' of shape 1 lies at bytes [4,8], but byte 8 is next
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                      | tensor 'a' of shape 1 lies at bytes [4,8], but byte 0 is next
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                      | its tensors take 4 bytes, the file holds 8
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}                     | tensor 'a' of shape 2 lies at bytes [-8,0]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                      | tensor 'a' of shape 2 lies at bytes [8,0]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}                    | tensor 'a' of shape 2 lies at bytes [0,8,9]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0.0,8.0]}}                  | tensor 'a' of shape 2 lies at bytes [0.0,8.0]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[18446744073709551616,18446744073709551624]}} | tensor 'a' of shape 2 lies at bytes [18446744073709551616,18446744073709551624]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,-9223372036854775808]}} | tensor 'a' of shape 2 lies at bytes [9223372036854775800,-9223372036854775808]
          {"a":{"dtype":"F16","shape":[1099511627776],"data_offsets":[0,8]}}          | tensor 'a' has the shape [1099511627776]
          {"a":{"dtype":"F16","shape":[268435456],"data_offsets":[0,8]}}              | tensor 'a' of shape 268435456 lies at bytes [0,8]
          {"a":{"dtype":"I64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}} | tensor 'a' has the shape [2147483647,2147483647,2147483647]
          {"a":{"dtype":"I64","shape":[-1],"data_offsets":[0,8]}}                     | tensor 'a' has the shape [-1]
          {"a":{"dtype":"I64","shape":null,"data_offsets":[0,8]}}                     | tensor 'a' has the shape null
          {"a":{"dtype":"I64","shape":[2],"data_offsets":[0,8]}}                      | tensor 'a' lies at bytes [0,8]
          {"a":{"dtype":"F8_E3M4","shape":[8],"data_offsets":[0,8]}}                  | tensor 'a' has type F8_E3M4, not F32, F16, BF16 or F64
          {"a":{"shape":[8],"data_offsets":[0,8]}}                                    | tensor 'a' has type , not F32, F16, BF16 or F64
          {"a\\nb":{"dtype":"F32","shape":[0],"data_offsets":[0,8]}}                  | tensor 'a?b' lies at bytes [0,8]
          {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}      | tensor 'a' has the shape [1,1,1,1,1,1,1,1,2]
          {"a":[],"a":[]}                                                             | its header is not JSON (Duplicate field 'a')
          []                                                                          | its header is not a JSON object
          """)
  void faultsOfSafetensorsAreNamed(String header, String fault) {
    String message = fault("x.safetensors", SafetensorsFile.withHeader(header, new byte[8]));
    assertTrue(message.contains(fault), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void bytesOfSafetensorsThatAreNotTextOrNumbersAreNamed() {
    byte[] file =
        SafetensorsFile.withHeader(
            "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
    file[10] = (byte) 0xFF;
    assertTrue(fault("x.safetensors", file).contains("byte 10 is not UTF-8"));
    file[10] = 'a';
    file[file.length - 2] = (byte) 0xF0;
    file[file.length - 1] = 0x7F;
    assertTrue(
        fault("x.safetensors", file)
            .contains("tensor 'a': values must be finite, got Infinity at index 0"));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(file.length - 8, 1e39);
    assertTrue(
        fault("x.safetensors", file)
            .contains("tensor 'a': values must be finite, got Infinity at index 0"));
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, 1", ">f4, 1", "<f8, 1", ">f8, 1", "<f2, 1", ">f2, 1", "<f4, 2", "<f4, 3", "<f8, 3"
  })
  void arraysOfNumPyAreRead(String descr, int version) throws IOException {
    float[] values = {1.5f, -2, 0.25f, 1024, -0.125f, 7};
    for (boolean columns : new boolean[] {false, true}) {
      // Of columns, (2, 3) written by columns is (3, 2) written by rows.
      byte[] array = array(descr, columns, "(2, 3)", elements(descr, values));
      StateDict dict =
          read("x.npz", new NpzFile().with("a.npy", withVersion(array, version)).bytes());
      float[] rows = columns ? new float[] {1.5f, 0.25f, -0.125f, -2, 1024, 7} : values;
      assertEquals(Map.of("a", new Tensor(Shape.of(2, 3), rows)), dict.tensors());
      assertEquals(List.of(), dict.remarks());
    }
  }

  private static byte[] elements(String descr, float... values) {
    int size = descr.charAt(2) - '0';
    ByteBuffer buffer =
        ByteBuffer.allocate(size * values.length)
            .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (size) {
        case 2 -> buffer.putShort(Float.floatToFloat16(value));
        case 4 -> buffer.putFloat(value);
        default -> buffer.putDouble(value);
      }
    }
    return buffer.array();
  }

  /// Versions 2.0 and 3.0 tell the header's length in four bytes.
  private static byte[] withVersion(byte[] array, int version) {
    if (version == 1) {
      return array;
    }
    byte[] longer = new byte[array.length + 2];
    System.arraycopy(array, 0, longer, 0, 10);
    System.arraycopy(array, 10, longer, 12, array.length - 10);
    longer[6] = (byte) version;
    return longer;
  }

  @Test
  void threeAxesByColumns() throws IOException {
    byte[] data = NpzFile.floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    StateDict dict =
        read("x.npz", new NpzFile().with("a.npy", array("<f4", true, "(2, 3, 2)", data)).bytes());
    assertEquals(
        Map.of("a", new Tensor(Shape.of(2, 3, 2), 0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11)),
        dict.tensors());
  }

  @Test
  void whatIsNoNumberIsLeftAside() throws IOException {
    byte[] file =
        new NpzFile()
            .with("../../fc/kernel", "(1,)", 1)
            .with("steps.npy", array("<i8", false, "()", new byte[8]))
            .with("names.npy", array("<U3", false, "(2,)", new byte[24]))
            .with("readme.txt", (byte) 'x')
            .with("scalar", "()", 3)
            .bytes();
    StateDict dict = read("x.npz", file);
    assertEquals("{../../fc/kernel=Tensor 1}", dict.tensors().toString());
    assertEquals(
        List.of(
            "left aside, as they hold no real numbers of 16 to 64 bits: 'steps', 'names'",
            "left aside, as they are single numbers: 'scalar'",
            "left aside, as they are no arrays: 'readme.txt'"),
        dict.remarks());
    assertEquals(dict, read("x.npz", Files.readAllBytes(folder.resolve("x.npz"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '|O', 'fortran_order': False, 'shape': (2,), } => holds pickled objects of Python, which run code when they are read; save arrays of numbers
          {'descr': '<c8', 'fortran_order': False, 'shape': (2,), } => has type '<c8'; save it by .astype("float32")
          {'descr': '|V2', 'fortran_order': False, 'shape': (2,), } => has type '|V2', as NumPy writes bfloat16; save it by .astype("float32")
          {'descr': '<f16', 'fortran_order': False, 'shape': (2,), } => has type '<f16'; save it by .astype("float32")
          {'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), } => has a structured type; save each of its fields as an array
          {'descr': '<f4', 'fortran_order': False, 'shape': (3,), } => ends after 2 of 3 elements
          {'descr': '<f4', 'fortran_order': False, 'shape': (1,), } => goes on after its last element
          {'descr': '<f4', 'fortran_order': False, 'shape': (-2,), } => has a header that is not understood at character 51: -2,), }
          {'descr': '<f4', 'fortran_order': False, 'shape': 2, } => has a header that is not understood at character 50: 2, }
          {'descr': '<f4', 'fortran_order': False, 'shape': (2L,), } => has a header that is not understood at character 52: L,), }
          {'descr': '<f4', 'fortran_order': 0, 'shape': (2,), } => has a header that is not understood at character 34: 0, 'shape': (2,), }
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1} => has a header that is not understood at character 56: 'x': 1}
          {'descr': '<f4', 'descr': '<f4', 'shape': (2,), } => has a header that is not understood at character 17: 'descr': '<f4', 'sha...
          {'descr': '<f4', 'fortran_order': False, } => has a header without 'shape'
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x => has a header that is not understood at character 58: x
          {'descr': '<f4', 'fortran_order': __import__('os')} => has a header that is not understood at character 34: __import__('os')}
          {'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), } => has a dimension of 1099511627776
          {'descr': '<f4', 'fortran_order': False, 'shape': (1048576, 1048576), } => a shape has at most 268435456 elements, got [1048576, 1048576]
          {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } => has a dimension of 99999999999999999999
          {'descr': '<f4', 'fortran_order': False, 'shape': (268435456,), } => of shape 268435456 would unpack to more than a file of this size may hold
          {'descr': '<f4 => has a header that is not understood at character 10: '<f4
          { => has a header that ends too early
          """)
  void faultsOfArraysAreNamed(String header, String fault) {
    for (boolean stored : new boolean[] {false, true}) {
      byte[] array = NpzFile.array(header, NpzFile.floats(1, 2));
      NpzFile file = new NpzFile();
      String message =
          fault(
              "x.npz",
              (stored ? file.stored("fc.npy", array) : file.with("fc.npy", array)).bytes());
      assertTrue(message.contains("array 'fc' " + fault.strip()), message);
      assertEquals(1, message.lines().count());
    }
  }

  @Test
  void faultsOfArchivesAreNamed() {
    byte[] sound = new NpzFile().with("fc.weight", "(2,)", 1, 2).bytes();
    byte[] changed = sound.clone();
    changed[30 + "fc.weight.npy".length() + 128] ^= 1;
    assertTrue(
        fault("x.npz", changed)
            .contains("array 'fc.weight' does not have the checksum that the archive states"));
    assertTrue(fault("x.npz", java.util.Arrays.copyOf(sound, 100)).contains("archive is damaged"));
    assertTrue(fault("x.npz", new byte[0]).contains("archive is damaged"));
    byte[] nan = new NpzFile().with("fc.weight", "(2,)", 1, Float.NaN).bytes();
    assertTrue(
        fault("x.npz", nan)
            .contains("array 'fc.weight' of shape 2: values must be finite, got NaN at index 1"));
    byte[] text = new NpzFile().with("fc.weight.npy", (byte) 'x').bytes();
    assertTrue(fault("x.npz", text).contains("array 'fc.weight' ends within its header"));
    byte[] version = array("<f4", false, "(1,)", new byte[4]);
    version[6] = 4;
    assertTrue(
        fault("x.npz", new NpzFile().with("a.npy", version).bytes())
            .contains("array 'a' has version 4.0 at byte 6, where 1.0, 2.0 or 3.0 is read"));
    byte[] lying = withVersion(array("<f4", false, "(1,)", new byte[4]), 2);
    lying[11] = 0x7F;
    assertTrue(
        fault("x.npz", new NpzFile().with("a.npy", lying).bytes())
            .contains("announces a header of 2130706550 bytes at byte 8, more than 10000"));
  }

  @ParameterizedTest
  @CsvSource({"net.pt", "net.pth", "pytorch_model.bin", "model.pkl", "last.ckpt", "Net.PT"})
  void picklesAreRefusedByName(String name) {
    Path file = folder.resolve(name);
    String target = file.toString().substring(0, file.toString().lastIndexOf('.'));
    String lines =
        """
        import torch
        from safetensors.torch import save_file
        saved = torch.load("%s", map_location="cpu", weights_only=True)
        for key in ("state_dict", "model_state_dict", "model"):
            saved = saved.get(key, saved)
        save_file({k: v.contiguous().clone() for k, v in saved.items() if torch.is_tensor(v)}, \
        "%s.safetensors")\
        """
            .formatted(file, target);
    assertEquals(
        "is a pickle, which runs code when it is read, and is not read here; turn it into"
            + " safetensors in Python:\n"
            + lines,
        fault(name, (byte) 1));
  }

  @Test
  void picklesAreRefusedByContent() {
    String start = "is a pickle, which runs code when it is read";
    assertTrue(fault("net.safetensors", new byte[] {(byte) 0x80, 2, 'c'}).startsWith(start));
    assertTrue(fault("net", new byte[] {(byte) 0x80, 5, 'c'}).startsWith(start));
    byte[] torch = new NpzFile().with("archive/data.pkl", (byte) 0x80, (byte) 2).bytes();
    assertTrue(fault("net.npz", torch).startsWith(start));
    assertTrue(fault("net.safetensors", torch).startsWith(start));
  }

  /// 640 is 0x280, and a pickle of protocol 2 begins with the bytes 0x80, 2.
  @Test
  void aHeaderOf640BytesIsNoPickle() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    byte[] file =
        SafetensorsFile.withHeader(header + " ".repeat(640 - header.length()), new byte[4]);
    assertEquals("{a=Tensor 1}", read("x.safetensors", file).tensors().toString());
  }

  @Test
  void namesOfFilesCannotEndAPythonText() {
    String message = fault("a\"b\\c.pt", (byte) 1);
    assertTrue(message.contains("a\\\"b\\\\c.pt\", map_location"), message);
  }

  @Test
  void otherFilesAreRefusedWithTheWay() throws IOException {
    assertTrue(fault("x.onnx", (byte) 8).startsWith("is an ONNX model"));
    assertTrue(fault("x.tflite", (byte) 8).contains("tf2onnx"));
    assertTrue(fault("x.h5", (byte) 8).contains("numpy.savez"));
    assertTrue(fault("x", latin("\u0089HDF\r\n\u001a\n")).contains("numpy.savez"));
    assertTrue(
        fault("x.zip", new NpzFile().with("model.weights.h5", (byte) 1).bytes())
            .contains("numpy.savez"));
    assertTrue(
        fault("x.npy", array("<f4", false, "(1,)", new byte[4]))
            .startsWith("is one array without a name"));
    assertTrue(
        fault("x.safetensors", latin("version https://git-lfs.github.com/spec/v1\n"))
            .endsWith("fetch it by git lfs pull"));
    assertTrue(
        fault("x.txt", latin("weights")).startsWith("is neither a .safetensors nor an .npz file"));
    assertTrue(fault("empty").startsWith("is neither a .safetensors nor an .npz file"));
    Path absent = folder.resolve("absent.npz");
    var e = assertThrows(IOException.class, () -> StateDict.read(absent));
    assertEquals(absent + " does not exist; check the path", e.getMessage());
    e = assertThrows(IOException.class, () -> StateDict.read(folder));
    assertEquals(folder + " is a folder; name a .safetensors or .npz file", e.getMessage());
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
