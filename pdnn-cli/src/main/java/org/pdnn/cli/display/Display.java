package org.pdnn.cli.display;

import java.io.Console;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar on standard error with speed and time left; on a terminal it moves, in a log it is a line
/// every five seconds.
public final class Display implements AutoCloseable {
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration SELDOM = Duration.ofSeconds(5);

  private final ProgressBar bar;

  /// @param unit what is counted, in the plural
  /// @param most how many there are
  @SuppressWarnings("SystemConsoleNull") // its Javadoc still allows null, and NullAway heeds it
  public Display(String task, String unit, long most) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(" " + unit, 1)
            .setInitialMax(most)
            .showSpeed(new java.text.DecimalFormat("#,##0"))
            .setStyle(terminal ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) (terminal ? OFTEN : SELDOM).toMillis());
    builder.setConsumer(
        terminal
            ? new ConsoleProgressBarConsumer(System.err)
            : new DelegatingProgressBarConsumer(line -> System.err.println(line.strip()), 120));
    this.bar = builder.build();
  }

  public void to(long done) {
    bar.stepTo(done);
  }

  public void add(long done) {
    bar.stepBy(done);
  }

  public void message(String text) {
    bar.setExtraMessage(" " + text);
  }

  @Override
  public void close() {
    bar.close();
  }
}
