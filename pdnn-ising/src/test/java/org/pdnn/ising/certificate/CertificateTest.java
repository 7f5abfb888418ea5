package org.pdnn.ising.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.Models;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.Traces;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.ising.instance.Instances;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Samples of the heat bath are those of the exact distribution, and those of a broken sampler are
/// found out.
class CertificateTest {
  private static Samples samples(
      IsingModel model, double beta, int sweeps, int reads, RandomWords words) {
    return new Annealing(model, UpdateOrder.coloured(model), words)
        .sample(beta, sweeps, reads, 2, done -> {});
  }

  private static void assertExact(IsingModel model, double beta, int reads) {
    Samples samples = samples(model, beta, 200, reads, new Philox(11));
    Boltzmann.TotalVariation variation = Boltzmann.of(model, beta).variation(samples.states());
    // Above the floor by 3 standard errors for one seed in 740.
    assertTrue(variation.excess() < 3, variation.toString());
  }

  /// The probabilities of the triangle at beta = 1: 0.0030341 for both aligned states.
  @Test
  void theTriangleHasItsProbabilities() {
    IsingModel triangle = Instances.of("triangle", 1).model();
    Boltzmann exact = Boltzmann.of(triangle, 1);
    assertEquals(0.0030341, exact.probability(Spins.parse("+++")), 5e-8);
    assertEquals(0.1656553, exact.probability(Spins.parse("+-+")), 5e-8);
    assertExact(triangle, 1, 100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"and", "adder"})
  void gatesHaveTheirProbabilities(String name) {
    assertExact(Instances.of(name, 1).model(), 1.5, 50_000);
  }

  /// Of 100 models at 3 standard errors 0.14 are expected above; more than 3 for one set of seeds
  /// in 90,000.
  @Test
  void randomModelsOfTwentySpinsHaveTheirs() {
    int above = 0;
    for (int seed = 0; seed < 100; seed++) {
      IsingModel model = Models.random(20, 40, 1, 1e-3, seed);
      Boltzmann.TotalVariation variation =
          Boltzmann.of(model, 0.6)
              .variation(samples(model, 0.6, 100, 4096, new Philox(seed)).states());
      above += variation.excess() > 3 ? 1 : 0;
    }
    assertTrue(above <= 3, above + " of 100");
  }

  /// Uses of the certificate on good samples: its findings come by chance once in 16,000 each.
  @Test
  void goodSamplesAreBelieved() {
    IsingModel lattice = Instances.of("lattice:24x24", 1).model();
    Certificate certificate =
        Certificate.of(lattice, samples(lattice, 0.35, 2000, 256, new Philox(2)));
    assertEquals(List.of(), certificate.findings());
    IsingModel small = Models.random(12, 30, 1, 1e-3, 9);
    assertEquals(
        List.of(), Certificate.of(small, samples(small, 0.5, 500, 4096, new Philox(2))).findings());
  }

  @Test
  void aCoinOfFiftyOnePercentIsFoundOut() {
    RandomWords fair = new Philox(3);
    // The word of every fiftieth update is 0: always up.
    RandomWords biased =
        (input, layer, unit, sample) -> {
          int word = fair.word(input, layer, unit, sample);
          return Integer.remainderUnsigned(fair.word(input, 5, unit, sample), 50) == 0 ? 0 : word;
        };
    IsingModel lattice = Instances.of("glass:16x16", 1).model();
    Certificate certificate = Certificate.of(lattice, samples(lattice, 0.3, 400, 512, biased));
    assertTrue(
        certificate.findings().toString().contains("lean to one side"), certificate::toString);
  }

  @Test
  void anotherTemperatureIsFoundOut() {
    IsingModel lattice = Instances.of("glass:16x16", 1).model();
    Samples samples = samples(lattice, 0.25, 400, 256, new Philox(3));
    Samples pretended = new Samples(0.5, 400, samples.states(), samples.traces());
    Certificate certificate = Certificate.of(lattice, pretended);
    assertTrue(certificate.findings().toString().contains("show beta 0.2"), certificate::toString);
  }

  /// All spins at once, each by the state before: not the Boltzmann distribution.
  @Test
  void neighboursUpdatedTogetherAreFoundOut() {
    IsingModel lattice = Instances.of("glass:16x16", 1).model();
    double beta = 0.5;
    RandomWords words = new Philox(4);
    List<Spins> states = new ArrayList<>();
    double[][] traces = new double[64][400];
    for (int read = 0; read < 64; read++) {
      Spins now = Spins.of(lattice.size(), spin -> spin % 2 == 0);
      for (int sweep = 0; sweep < 400; sweep++) {
        Spins before = now;
        int replica = read;
        int at = sweep;
        now =
            Spins.of(
                lattice.size(),
                spin ->
                    2 * RandomWords.uniform(words.word(replica, 0, spin, at)) - 1
                        < Math.tanh(beta * lattice.input(spin, before::up)));
        traces[read][sweep] = lattice.energy(now);
      }
      states.add(now);
    }
    Traces energies = new Traces(1, List.of(traces), List.of());
    Certificate certificate = Certificate.of(lattice, new Samples(beta, 400, states, energies));
    assertTrue(certificate.findings().toString().contains("show beta"), certificate::toString);
  }

  @Test
  void aReadThatIsTooShortIsFoundOut() {
    IsingModel lattice = Instances.of("lattice:24x24", 1).model();
    Certificate certificate = Certificate.of(lattice, samples(lattice, 0.6, 40, 64, new Philox(5)));
    assertFalse(certificate.believed());
    assertTrue(certificate.findings().toString().contains("--sweeps"), certificate::toString);
  }

  /// A magnet in a weak field has two wells of 95 and 5 %; reads fall into them by halves and stay.
  @Test
  void readsThatStayInTheirWellsAreFoundOut() {
    IsingModel.Builder magnet = IsingModel.of(30);
    for (int one = 0; one < 30; one++) {
      magnet.field(one, 0.05);
      for (int other = 0; other < one; other++) {
        magnet.couple(one, other, 0.2);
      }
    }
    IsingModel model = magnet.build();
    Certificate cold = Certificate.of(model, samples(model, 1, 2000, 256, new Philox(5)));
    assertEquals(
        List.of(
            "the overlap of reads remembers more than was seen, as they are short or stay in wells;"
                + " use more --sweeps or a lower --beta"),
        cold.findings());
    Certificate warm = Certificate.of(model, samples(model, 0.1, 2000, 256, new Philox(5)));
    assertEquals(List.of(), warm.findings());
  }

  /// One read in a hundred is caught in a well of e^-208, and none of the first 64.
  @Test
  void wellsOfFewReadsAreFoundOut() {
    IsingModel.Builder magnet = IsingModel.of(40);
    for (int one = 0; one < 40; one++) {
      magnet.field(one, 2.6);
      for (int other = 0; other < one; other++) {
        magnet.couple(one, other, 0.2);
      }
    }
    IsingModel model = magnet.build();
    Certificate certificate = Certificate.of(model, samples(model, 1, 200, 4096, new Philox(1)));
    assertTrue(certificate.findings().toString().contains("further reads"), certificate::toString);
  }

  /// Both phases of a magnet without a field are alike.
  @Test
  void wellsThatAreReversesOfEachOtherAreOne() {
    IsingModel chain = IsingModel.of(3).couple(0, 1, 4).couple(1, 2, 4).build();
    Certificate certificate = Certificate.of(chain, samples(chain, 1, 400, 256, new Philox(5)));
    assertEquals(List.of(), certificate.findings());
  }

  /// An autoregressive series x' = a x + noise has tau = (1 + a) / (2 (1 - a)).
  @Test
  void theAutocorrelationTimeOfAKnownSeriesIsFound() {
    RandomWords words = new Philox(6);
    double[][] series = new double[64][4000];
    for (int chain = 0; chain < series.length; chain++) {
      double x = 0;
      for (int t = 0; t < series[chain].length; t++) {
        x = 0.9 * x + RandomWords.uniform(words.word(chain, 0, t, 0)) - 0.5;
        series[chain][t] = x;
      }
    }
    assertEquals(9.5, Autocorrelation.time(List.of(series), 1000), 0.4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.6, 0.7})
  void magnetisationIsYangs(double beta) {
    IsingModel lattice = Instances.of("lattice:32x32", 1).model();
    Samples samples = samples(lattice, beta, 3000, 128, new Philox(7));
    double magnetisation = 0;
    int ordered = 0;
    for (Spins state : samples.states()) {
      double sum = 0;
      for (int spin = 0; spin < state.size(); spin++) {
        sum += state.value(spin);
      }
      // Reads from random states may keep a wall between two phases; they are left out.
      if (Math.abs(sum) > 0.5 * state.size()) {
        magnetisation += Math.abs(sum) / state.size();
        ordered++;
      }
    }
    assertTrue(ordered > 60, ordered + " ordered");
    assertEquals(Onsager.magnetisation(beta), magnetisation / ordered, 0.004);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.3, 0.38})
  void theEnergyIsOnsagers(double beta) {
    IsingModel lattice = Instances.of("lattice:48x48", 1).model();
    Samples samples = samples(lattice, beta, 600, 128, new Philox(8));
    double mean = samples.states().stream().mapToDouble(lattice::energy).average().orElseThrow();
    assertEquals(Onsager.energy(beta), mean / lattice.size(), 0.006);
  }

  @Test
  void timesToSolutionFollowFromHits() {
    TimeToSolution half = TimeToSolution.of(100, 50, 2);
    assertEquals(2 * Math.log(0.01) / Math.log(0.5), half.seconds(), 1e-12);
    assertTrue(half.low() < half.seconds() && half.seconds() < half.high());
    assertEquals(2, TimeToSolution.of(20, 20, 2).seconds());
    assertEquals(Double.POSITIVE_INFINITY, TimeToSolution.of(20, 0, 2).seconds());
  }
}
