package org.pdnn.cli.option;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.data.DataSets;
import org.pdnn.energy.Technology;
import org.pdnn.network.Preset;

/// The words that a shell may complete an option with, where the option takes others as well.
public abstract class Candidates implements Iterable<String> {
  private final List<String> words;

  protected Candidates(Stream<String> words) {
    this.words = words.toList();
  }

  @Override
  public final Iterator<String> iterator() {
    return words.iterator();
  }

  public static final class Technologies extends Candidates {
    Technologies() {
      super(Technology.NAMES.stream());
    }
  }

  public static final class Data extends Candidates {
    Data() {
      super(DataSets.names().stream());
    }
  }

  public static final class Networks extends Candidates {
    Networks() {
      super(Preset.FORMS.stream());
    }
  }
}
