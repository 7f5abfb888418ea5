package org.pdnn.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Work;
import org.pdnn.energy.Workload;
import org.pdnn.files.AtomicFile;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.tradeoff.Pricing;

/// Energies of one setting of an [EnergyGrid]: at each of some energies of the weights' memory, the
/// curve against T. Its folder holds `points.csv`, with the columns of `pdnn energy --format csv`
/// and the setting's.
///
/// @param memory pJ to read a bit of a weight, in notation; empty for what the technology has
/// @param first place among these of the first that is computed
/// @param end place after the last
/// @param samples T, in notation
public record EnergyBlock(
    Setting setting, Optional<String> memory, int first, int end, String samples)
    implements Cell<EnergyBlock.Priced> {
  public static final Kind<Priced> KIND = new Kind<>("energy-block", Priced.class);

  /// The columns of `points.csv` and their types, as SQL declares them.
  public static final String COLUMNS =
      "network STRING, neuron STRING, weightBits STRING, scheme STRING, technology STRING,"
          + " convention STRING, memoryPicojoulesPerBit DOUBLE, samples INT,"
          + " weightsNanojoules DOUBLE, activationsNanojoules DOUBLE, synapseNanojoules DOUBLE,"
          + " neuronNanojoules DOUBLE, totalNanojoules DOUBLE, gain DOUBLE";

  private static final String HEADER = COLUMNS.replaceAll(" [A-Z]+|(?<=,) ", "");

  private static final double POINTS_A_SECOND = 5e5;

  /// What does not change within a block.
  ///
  /// @param network by a name that says all
  public record Setting(
      String network,
      Neuron neuron,
      Precision weights,
      Scheme scheme,
      Technology technology,
      Convention convention) {
    private EnergyModel model() {
      return new Pricing(technology, convention).model(scheme, LastHidden.BITS, weights);
    }

    private String words() {
      return String.join(
          ",",
          network,
          neuron.toString(),
          weights.toString(),
          scheme.toString(),
          technology.name(),
          convention.name());
    }
  }

  /// What a block found; the points are in its file.
  ///
  /// @param points how many
  /// @param sha256 of `points.csv`
  public record Priced(long points, String sha256) {}

  @Override
  public String title() {
    return "pricing %s of %s on %s, %s"
        .formatted(
            setting.network(),
            setting.neuron(),
            setting.technology().name(),
            memory.isPresent()
                ? "memories %s to %s of the grid".formatted(first + 1, end)
                : "its own memory");
  }

  @Override
  public Kind<Priced> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND)
            .put("network", setting.network())
            .put("neuron", setting.neuron().toString())
            .put("weights", setting.weights().toString())
            .put("scheme", setting.scheme().toString())
            .put("technology", setting.technology().name())
            .put("convention", setting.convention().name())
            .put("samples", samples);
    memory.ifPresent(notation -> json.put("memory", notation).put("first", first).put("end", end));
    ObjectNode constants = json.putObject("constants");
    setting
        .technology()
        .constants()
        .forEach((operation, one) -> constants.put(operation.key(), one.energy().joules()));
    return json;
  }

  @Override
  public double work() {
    return (end - first) * (double) EnergyGrid.samples(samples).size() / POINTS_A_SECOND;
  }

  @Override
  public Priced compute(Context context) throws IOException {
    List<Integer> counts = EnergyGrid.samples(samples);
    Workload workload = Workload.of(Preset.network(setting.network(), setting.neuron()));
    EnergyModel model = setting.model();
    List<Work> works = counts.stream().map(t -> workload.work(model.convention(), t)).toList();
    Work twin = workload.twin().work(model.convention(), 1);
    String sha256 =
        AtomicFile.write(
            file(context.folder()),
            out -> {
              Writer lines = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
              lines.write(HEADER + "\n");
              for (Technology technology : technologies()) {
                EnergyModel priced = new EnergyModel(technology, model.convention());
                Joules most = priced.price(twin).total();
                for (int i = 0; i < works.size(); i++) {
                  lines.write(line(technology, counts.get(i), priced.price(works.get(i)), most));
                }
              }
              lines.flush();
            });
    return new Priced((end - first) * (long) counts.size(), sha256);
  }

  /// Where a block of a folder has its points.
  public static Path file(Path folder) {
    return folder.resolve("points.csv");
  }

  private List<Technology> technologies() {
    Technology own = setting.technology();
    return memory
        .map(notation ->
            EnergyGrid.picojoules(notation).subList(first, end).stream()
                .map(own::withWeightMemory)
                .toList())
        .orElse(List.of(own));
  }

  private String line(Technology technology, int count, EnergyTerms energy, Joules twin) {
    Joules total = energy.total();
    return setting.words()
        + ","
        + technology.cost(Operation.WEIGHT_BIT).picojoules()
        + ","
        + count
        + ","
        + energy.weights().nanojoules()
        + ","
        + energy.activations().nanojoules()
        + ","
        + energy.synapse().nanojoules()
        + ","
        + energy.neuron().nanojoules()
        + ","
        + total.nanojoules()
        + ","
        + twin.dividedBy(total)
        + "\n";
  }
}
