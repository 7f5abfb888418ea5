package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.Network;
import org.pdnn.network.Outline;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// Files that NumPy and PyTorch write themselves, where there is a Python with them.
class PythonFilesTest {
  @TempDir private Path folder;

  private boolean runs(String python, String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(python, "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("python.log").toFile());
    try {
      Process process = builder.start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void python(String module, String script) throws IOException, InterruptedException {
    Optional<String> able = Optional.empty();
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (able.isEmpty() && runs(python, "import " + module)) {
        able = Optional.of(python);
      }
    }
    assumeTrue(able.isPresent(), "there is no Python with " + module);
    assertTrue(runs(able.get(), script), () -> "the script failed: " + log());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("python.log"));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static float[] counted(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / 8f - 1;
    }
    return values;
  }

  @Test
  void archivesOfNumPy() throws IOException, InterruptedException {
    python(
        "numpy",
        """
        import numpy as np
        a = (np.arange(24) / 8 - 1).reshape(2, 3, 4)
        arrays = {'%s.%s' % (t, o): np.asarray(a, dtype=t, order=o)
                  for t in ('<f2', '<f4', '<f8', '>f2', '>f4', '>f8') for o in 'CF'}
        arrays['strided'] = np.asarray(a, dtype='f4')[:, ::-1, ::2]
        arrays['step'] = np.int64(3)
        arrays['names'] = np.array(['x', 'yz'])
        arrays['scalar'] = np.float32(2.5)
        np.savez('stored.npz', **arrays)
        np.savez_compressed('packed.npz', **arrays)
        np.savez('list.npz', *[np.full((i,), i, 'f4') for i in range(1, 13)])
        np.savez('pickled.npz', o=np.array([None]))
        np.save('one.npy', a)
        """);
    for (String name : List.of("stored.npz", "packed.npz")) {
      StateDict dict = StateDict.read(folder.resolve(name));
      assertEquals(13, dict.tensors().size());
      dict.tensors()
          .forEach((key, tensor) -> {
            if (key.contains("f")) {
              assertEquals(new Tensor(Shape.of(2, 3, 4), counted(24)), tensor, key);
            }
          });
      assertEquals(
          new Tensor(
              Shape.of(2, 3, 2),
              0,
              0.25f,
              -0.5f,
              -0.25f,
              -1,
              -0.75f,
              1.5f,
              1.75f,
              1,
              1.25f,
              0.5f,
              0.75f),
          dict.tensors().get("strided"));
      assertEquals(
          List.of(
              "left aside, as they hold no real numbers of 16 to 64 bits: 'step', 'names'",
              "left aside, as they are single numbers: 'scalar'"),
          dict.remarks());
    }
    StateDict list = StateDict.read(folder.resolve("list.npz"));
    assertEquals(new Tensor(Shape.of(2), 2, 2), list.tensors().get("arr_1"));
    var e = assertThrows(IOException.class, () -> StateDict.read(folder.resolve("pickled.npz")));
    assertTrue(String.valueOf(e.getMessage()).contains("holds pickled objects"), e.getMessage());
    e = assertThrows(IOException.class, () -> StateDict.read(folder.resolve("one.npy")));
    assertTrue(String.valueOf(e.getMessage()).contains("is one array"), e.getMessage());
  }

  /// A network of PyTorch in its own words, and what it answers, to 1e-5; written sorted, as the
  /// library of safetensors does, in single and in half precision.
  @Test
  void aNetworkOfPyTorchAnswersAsItDidThere() throws IOException, InterruptedException {
    python(
        "torch",
        """
        import json, struct, numpy as np, torch
        from torch import nn
        torch.manual_seed(1)
        torch.set_num_threads(1)
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv1 = nn.Conv2d(2, 3, 3, padding=1)
                self.conv2 = nn.Conv2d(3, 4, 3, stride=2, bias=False)
                self.bn1 = nn.BatchNorm2d(3)
                self.bn2 = nn.BatchNorm2d(4)
                self.pool = nn.MaxPool2d(2)
                self.fc = nn.Sequential(*[m for i in range(11)
                                          for m in (nn.Linear(8, 8), nn.Tanh())])
                self.out = nn.Linear(8, 3)
            def forward(self, x):
                x = self.pool(torch.tanh(self.bn1(self.conv1(x))))
                x = torch.tanh(self.bn2(self.conv2(x)))
                return self.out(self.fc(x.flatten(1)))
        net = Net()
        for m in net.modules():
            if isinstance(m, nn.BatchNorm2d):
                m.running_mean.normal_()
                m.running_var.uniform_(0.5, 2)
        def save(state, name, dtype):
            header, data = {'__metadata__': {'format': 'pt'}}, b''
            for k in sorted(state, key=lambda k: (state[k].is_floating_point(), k)):
                v = state[k].numpy()
                if state[k].is_floating_point():
                    v = v.astype(dtype[1])
                b = v.tobytes()
                header[k] = {'dtype': dtype[0] if state[k].is_floating_point() else 'I64',
                             'shape': list(v.shape), 'data_offsets': [len(data), len(data) + len(b)]}
                data += b
            text = json.dumps(header).encode()
            open(name, 'wb').write(struct.pack('<Q', len(text)) + text + data)
        x = torch.rand(5, 2, 6, 10)
        net.eval()
        with torch.no_grad():
            np.savez('whole.npz', **{k: v.numpy() for k, v in net.state_dict().items()})
            save(net.state_dict(), 'whole.safetensors', ('F32', 'f4'))
            y = net(x)
            torch.save(net.state_dict(), 'net.pt')
            torch.save(net.state_dict(), 'old.safetensors', _use_new_zipfile_serialization=False)
            torch.save(net.state_dict(), 'renamed.npz')
            save(net.state_dict(), 'half.safetensors', ('F16', 'f2'))
            net.half().float()
            np.savez('answers.npz', x=x.numpy(), y=y.numpy(), h=net(x).numpy())
        """);
    StringBuilder hidden = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      hidden.append("{\"layer\":\"dense\"},{\"layer\":\"neurons\",\"neuron\":\"tanh\"},");
    }
    Outline outline =
        Outline.read(
            Files.writeString(
                folder.resolve("network.json"),
                """
                {"input":[2,6,10], "layers":[
                  {"layer":"convolution","stride":1,"padding":1},
                  {"layer":"batchNorm","epsilon":1e-5}, {"layer":"neurons","neuron":"tanh"},
                  {"layer":"maxPool","size":2},
                  {"layer":"convolution","stride":2,"padding":0},
                  {"layer":"batchNorm","epsilon":1e-5}, {"layer":"neurons","neuron":"tanh"},
                  {"layer":"flatten"}, %s {"layer":"dense"}]}
                """
                    .formatted(hidden)));
    StateDict answers = StateDict.read(folder.resolve("answers.npz"));
    for (String[] file :
        new String[][] {
          {"whole.npz", "y"}, {"whole.safetensors", "y"}, {"half.safetensors", "h"}
        }) {
      StateDict dict = StateDict.read(folder.resolve(file[0]));
      assertEquals(
          List.of(
              "left aside, as they hold no real numbers of 16 to 64 bits:"
                  + " 'bn1.num_batches_tracked', 'bn2.num_batches_tracked'"),
          dict.remarks());
      Network network = Matching.of(dict, outline).network();
      float[] inputs = Optional.ofNullable(answers.tensors().get("x")).orElseThrow().toArray();
      Tensor outputs = Optional.ofNullable(answers.tensors().get(file[1])).orElseThrow();
      for (int i = 0; i < 5; i++) {
        float[] input = java.util.Arrays.copyOfRange(inputs, i * 120, (i + 1) * 120);
        double[] ours = new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
        for (int o = 0; o < 3; o++) {
          assertEquals(outputs.get(i * 3 + o), ours[o], 1e-5);
        }
      }
    }
    for (String pickle : List.of("net.pt", "old.safetensors", "renamed.npz")) {
      var e = assertThrows(IOException.class, () -> StateDict.read(folder.resolve(pickle)));
      assertTrue(
          String.valueOf(e.getMessage()).contains("is a pickle, which runs code"), e.getMessage());
    }
  }
}
