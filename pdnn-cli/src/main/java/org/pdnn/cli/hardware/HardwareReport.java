package org.pdnn.cli.hardware;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.accelerator.Accelerator;
import org.pdnn.circuit.accelerator.Check;
import org.pdnn.circuit.accelerator.Schedule;
import org.pdnn.circuit.accelerator.Switching;
import org.pdnn.circuit.accelerator.Target;
import org.pdnn.circuit.synthesis.Netlist;
import org.pdnn.circuit.synthesis.Placement;
import org.pdnn.circuit.synthesis.Resources;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.network.Network;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Interval;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;

/// What the report of an accelerator says beside its checks: time, energy, accuracy, switching, and
/// what it takes of a device, beside the paper's numbers.
final class HardwareReport {
  /// P that the table of cycles compares, beside the accelerator's own.
  private static final List<Integer> ELEMENTS = List.of(1, 4, 16, 64, 256);

  /// Of the cycles in microseconds.
  private static final int MEGAHERTZ = 100;

  private static final Duration MOST = Duration.ofMinutes(30);

  private final Accelerator accelerator;
  private final Network network;
  private final int samples;
  private final Target target;
  private final Document document;

  HardwareReport(
      Accelerator accelerator, Network network, int samples, Target target, Document document) {
    this.accelerator = accelerator;
    this.network = network;
    this.samples = samples;
    this.target = target;
    this.document = document;
  }

  private void add(Section section) {
    document.add(section.only(Form.JSON, Form.PAGE));
  }

  private void say(String heading, String sentence) {
    document.add(new Prose(heading, List.of(sentence)).only(Form.PAGE));
  }

  /// What follows from network and settings.
  void addPredictions() {
    List<Schedule> schedules =
        Stream.concat(ELEMENTS.stream(), Stream.of(accelerator.elements()))
            .sorted()
            .distinct()
            .map(accelerator::schedule)
            .toList();
    add(
        new Rows<>(schedules)
            .add("elements", "P", each -> each.steps().getFirst().elements())
            .add(Column.of("cyclesBefore", "Before the passes").as("%,.0f"), Schedule::cyclesBefore)
            .add(Column.of("cyclesPerPass", "A pass").as("%,.0f"), Schedule::cyclesOfPass)
            .add(Column.of("cycles", "T = " + samples).as("%,.0f"), each -> each.cycles(samples))
            .add(
                Column.of("microseconds", "At %s MHz".formatted(MEGAHERTZ)).in("us").as("%,.1f"),
                each -> (double) each.cycles(samples) / MEGAHERTZ)
            .table(
                "latency",
                "Cycles of an input",
                "Cycles depend on no data: those before the passes, and T times those of a pass."
                    + " %s MHz is an example, not a measured clock.".formatted(MEGAHERTZ)));
    add(
        new Rows<>(energy())
            .add("samples", "T", EnergyPoint::samples)
            .add(
                Column.of("weightsNanojoules", "weights").in("nJ").as("%,.2f"),
                point -> point.energy().weights().nanojoules())
            .add(
                Column.of("activationsNanojoules", "activations").in("nJ").as("%,.2f"),
                point -> point.energy().activations().nanojoules())
            .add(
                Column.of("synapseNanojoules", "synapses").in("nJ").as("%,.2f"),
                point -> point.energy().synapse().nanojoules())
            .add(
                Column.of("neuronNanojoules", "neurons").in("nJ").as("%,.2f"),
                point -> point.energy().neuron().nanojoules())
            .add(
                Column.of("totalNanojoules", "total").in("nJ").as("%,.2f"),
                point -> point.energy().total().nanojoules())
            .add(Column.of("gain", "gain").as("%.2f"), EnergyPoint::gain)
            .table(
                "energy",
                "Energy of an input",
                "Predicted by equation 4 with the paper's constants of its FPGA (fpga-bram) and its"
                    + " convention, 32-bit weights, also those that are 0; not measured. Gain: over"
                    + " the 32-bit deterministic network."));
  }

  private List<EnergyPoint> energy() {
    EnergyModel model = EnergyModel.paper(Technology.named("fpga-bram"));
    Workload workload = Workload.of(network);
    return Stream.concat(
            IntStream.iterate(1, t -> t < samples, t -> 2 * t).boxed(), Stream.of(samples))
        .flatMap(t -> model.points(workload, t, t).stream())
        .toList();
  }

  /// What each step from the trained network to the circuit costs.
  void addAccuracy(List<LoweredAccuracy> steps, int passes, int images) {
    add(
        new Rows<>(steps)
            .add("computedIn", "Computed in", LoweredAccuracy::computedIn)
            .add(Column.percent("accuracy", "accuracy"), LoweredAccuracy::accuracy)
            .add(Column.shown("95 %").times(100).as("%.2f"), step -> Interval.of(step.accuracy()))
            .table(
                "lowering",
                "Accuracy after every step",
                "%s test images, T = %s %s passes, intervals over %s noise seeds."
                    .formatted(images, passes, accelerator.scheme(), LoweredAccuracy.SEEDS)));
  }

  /// What changes while an input is computed.
  void addSwitching(List<Switching> parts) {
    add(
        new Rows<>(parts)
            .add("part", "Part", Switching::part)
            .add("bits", "Bits", Switching::bits)
            .add(Column.percent("toggled", "change in a cycle").as("%.2f"), Switching::share)
            .table(
                "switching",
                "What switches",
                "Bits of signals that change in a cycle, in %, counted in the emulator over one"
                    + " input; what crosses a part's border counts for the accelerator. It compares"
                    + " settings, and is no energy."));
  }

  /// What Yosys and nextpnr found, or why they found nothing.
  void addResources(List<Check.Found> found, Path folder) throws IOException {
    Optional<Check.Found> synthesis =
        found.stream().filter(each -> each.check() == Check.SYNTHESIS).findFirst();
    if (target.family().isEmpty() || synthesis.isEmpty()) {
      say("What it takes", "Not counted: that needs --check and a --target other than generic.");
      addPaper(Optional.empty());
      return;
    }
    if (synthesis.get().outcome() != Check.Outcome.PASSED) {
      say("What it takes", "Not counted: " + synthesis.get().said() + ".");
      addPaper(Optional.empty());
      return;
    }
    Netlist netlist =
        Netlist.counted(
            target.family().get(), accelerator.circuit().name(), folder.resolve("synthesis.json"));
    Map<String, Integer> instances = new TreeMap<>();
    count(accelerator.circuit(), instances);
    Map<String, ModuleResources> modules = new TreeMap<>();
    netlist
        .modules()
        .forEach((name, own) -> {
          int times = instances.getOrDefault(name, 0);
          modules.merge(
              name.replaceFirst("_\\d+$", ""),
              new ModuleResources(name.replaceFirst("_\\d+$", ""), times, own.times(times)),
              ModuleResources::plus);
        });
    List<ModuleResources> rows = new ArrayList<>(modules.values());
    rows.add(new ModuleResources("all", 1, netlist.total()));
    add(
        new Rows<>(rows)
            .add("module", "Module", ModuleResources::name)
            .add("instances", "times", ModuleResources::instances)
            .add("luts", "LUT", row -> row.taken().luts())
            .add("flipFlops", "FF", row -> row.taken().flipFlops())
            .add("carries", "carry", row -> row.taken().carries())
            .add("dsps", "DSP", row -> row.taken().dsps())
            .add("rams", "RAM", row -> row.taken().rams())
            .table(
                "resources",
                "What it takes",
                "Cells of %s by Yosys, module by module, those of all instances together; a module"
                        .formatted(target.family().get())
                    + " counts without those in it."));
    if (target == Target.ICE40) {
      place();
    }
    addPaper(Optional.of(netlist));
  }

  private void place() {
    try {
      Placement placed = Placement.of(accelerator.circuit(), Placement.Chip.HX8K, MOST);
      document.fact("megahertz", placed.megahertz());
      say(
          "Placed",
          String.format(
              Locale.ROOT,
              "On an iCE40 HX8K nextpnr reaches %.1f MHz with %d of %d logic cells.",
              placed.megahertz(),
              placed.cells(),
              placed.cellsThere()));
    } catch (IOException e) {
      say("Placed", "Not placed: " + e.getMessage() + ".");
    }
  }

  private static void count(Circuit circuit, Map<String, Integer> instances) {
    instances.merge(circuit.name(), 1, Integer::sum);
    for (Part part : circuit.parts()) {
      if (part instanceof Part.Instance instance) {
        count(instance.circuit(), instances);
      }
    }
  }

  /// Beside table 2 and figure 8 of the paper.
  private void addPaper(Optional<Netlist> netlist) {
    List<PaperNumber> numbers = new ArrayList<>();
    netlist.ifPresent(counted -> {
      Resources generator = counted.module(accelerator.generator().circuit().name());
      numbers.add(
          PaperNumber.count(
              "LUTs of a generator",
              16,
              generator.luts(),
              "Yosys counts a LUT for each bit; a placed one holds two functions of five inputs."));
      numbers.add(
          PaperNumber.count(
              "registers of a generator", 33, generator.flipFlops(), "The state has no bit more."));
      String other =
          "Other designs: here %s elements share a neuron and hold all weights in block memory."
              .formatted(accelerator.elements());
      numbers.add(PaperNumber.other("LUTs, all", 3796, counted.total().luts(), other));
      numbers.add(PaperNumber.other("registers, all", 2926, counted.total().flipFlops(), other));
    });
    double gain = energy().getFirst().gain();
    numbers.add(
        PaperNumber.other(
            "gain at T = 1, predicted",
            2.28,
            gain,
            "Another network; for the paper's see reproduce fig8. Its board measured 2.55."));
    add(
        new Rows<>(numbers)
            .add("quantity", "Number", PaperNumber::quantity)
            .add("ours", "ours", PaperNumber::rounded)
            .add("paper", "paper", PaperNumber::paper)
            .add("verdict", "verdict", PaperNumber::verdict)
            .add("reason", "why", PaperNumber::reason)
            .table(
                "beside-paper",
                "Beside the paper",
                "Table 2 and figure 8. The paper's elements at its own widths: pdnn reproduce"
                    + " table2."));
  }

  /// What the instances of a module take, without the modules in it.
  private record ModuleResources(String name, int instances, Resources taken) {
    ModuleResources plus(ModuleResources other) {
      return new ModuleResources(name, instances + other.instances, taken.plus(other.taken));
    }
  }

  /// A number that the paper prints, and ours.
  private record PaperNumber(
      String quantity, Number paper, Number ours, String verdict, String reason) {
    static PaperNumber count(String quantity, int paper, long ours, String reason) {
      String verdict = ours < paper ? "fewer" : ours > paper ? "more" : "the same";
      return new PaperNumber(quantity, paper, ours, verdict, ours == paper ? "" : reason);
    }

    /// Counts as they are, others to the digits of the paper's.
    Number rounded() {
      return ours instanceof Double value ? Math.round(value * 100) / 100.0 : ours;
    }

    static PaperNumber other(String quantity, Number paper, Number ours, String reason) {
      return new PaperNumber(quantity, paper, ours, "not comparable", reason);
    }
  }
}
