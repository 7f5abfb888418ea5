package org.pdnn.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.data.DataSets;
import org.pdnn.energy.Technology;
import org.pdnn.random.Scheme;

/// The words that a shell may complete an option with, where the option takes others as well.
abstract sealed class Candidates implements Iterable<String> {
  private final List<String> words;

  private Candidates(Stream<String> words) {
    this.words = words.toList();
  }

  @Override
  public final Iterator<String> iterator() {
    return words.iterator();
  }

  static final class Schemes extends Candidates {
    Schemes() {
      super(Arrays.stream(Scheme.values()).map(Scheme::toString));
    }
  }

  static final class Technologies extends Candidates {
    Technologies() {
      super(Technology.NAMES.stream());
    }
  }

  static final class Data extends Candidates {
    Data() {
      super(DataSets.names().stream());
    }
  }

  static final class Networks extends Candidates {
    Networks() {
      super(Stream.of("mlp", "vgg5"));
    }
  }

  static final class Listings extends Candidates {
    Listings() {
      super(Listing.names().stream());
    }
  }

  /// The commands of `pdnn`.
  static final class Commands extends Candidates {
    Commands() {
      super(Subcommands.names());
    }
  }
}
