package org.pdnn.sweep;

/// Receives the progress of a sweep, from any of its threads.
public interface SweepProgress {
  /// Ignores it.
  SweepProgress NONE =
      new SweepProgress() {
        @Override
        public void begin(int cells, int kept, double work) {}

        @Override
        public void done(double work) {}

        @Override
        public void cell(String title) {}
      };

  /// The sweep begins.
  ///
  /// @param cells how many are to be finished
  /// @param kept how many more are finished already
  /// @param work the sum over the cells to be finished
  void begin(int cells, int kept, double work);

  /// So much of the work is done.
  void done(double work);

  /// A cell is finished.
  void cell(String title);
}
