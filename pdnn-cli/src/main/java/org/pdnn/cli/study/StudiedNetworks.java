package org.pdnn.cli.study;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.cli.display.SweepDisplay;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.sweep.Sweep;

/// The networks of a quick study's first training run: those that lie in its folder, others are
/// trained there.
///
/// @param data that they learnt from
/// @param pdnn the p-DNN trained with the most samples
/// @param twins from most to fewest bits
/// @param origin what they are, a phrase
public record StudiedNetworks(DataSet data, Model pdnn, List<Network> twins, String origin) {
  /// Those of a study's folder.
  ///
  /// @param folder of the study, which may be empty
  public static StudiedNetworks in(
      Path folder, DataOptions data, long seed, int threads, PrintWriter err) throws IOException {
    Study.Budget budget = Study.Budget.QUICK;
    DataSet set = data.open(budget.trainingImages, budget.testImages, err);
    Study study = new Study(budget, budget.epochs, set, StudyCommand.NETWORK, seed);
    Study.Member pdnn = study.most();
    List<Study.Member> members = new ArrayList<>(List.of(pdnn));
    budget.members().stream().filter(one -> !one.probabilistic()).forEach(members::add);
    List<Model> models = new ArrayList<>();
    try (SweepDisplay display = new SweepDisplay("explore", err)) {
      Sweep sweep = new Sweep(folder.resolve("cells"), threads, display);
      List<TrainedNetwork> cells = members.stream().map(one -> study.trained(one, 0)).toList();
      sweep.run(cells.stream().distinct().toList());
      for (Study.Member member : members) {
        models.add(study.model(sweep, member, 0, ModelData.remembered(data.name(), set)));
      }
    }
    return new StudiedNetworks(
        set,
        models.getFirst(),
        models.stream().skip(1).map(Model::network).toList(),
        "%s of a quick study on %s: %s and its deterministic twins"
            .formatted(StudyCommand.NETWORK, set.name(), pdnn.file()));
  }
}
