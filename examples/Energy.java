import org.pdnn.energy.*;
import org.pdnn.network.*;

/// Prices a network against samples: weights are read once, so further samples cost less than the
/// first. No weights are needed.
void main() {
  Network network = Preset.network("vgg5", Shape.of(3, 32, 32), 10, Neuron.parse("pbit:sigmoid"));
  EnergyModel model = EnergyModel.paper(Technology.named("sram65"));
  IO.println("32-bit twin: " + model.energy(network.deterministicTwin(), 1).total());
  for (int samples : new int[] {1, 2, 4, 8}) {
    IO.println("T = %d: %s".formatted(samples, model.energy(network, samples).total()));
  }
}
