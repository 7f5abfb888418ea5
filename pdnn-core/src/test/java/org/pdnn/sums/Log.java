package org.pdnn.sums;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What this package logs as warnings in the calling thread, from here on.
public final class Log extends Handler implements AutoCloseable {
  private final List<String> warnings = new ArrayList<>();
  private final long thread = Thread.currentThread().threadId();
  private final Logger logger = Logger.getLogger("org.pdnn.sums");

  public Log() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  public List<String> warnings() {
    return warnings;
  }

  @Override
  public synchronized void publish(LogRecord line) {
    if (line.getLevel().equals(Level.WARNING) && line.getLongThreadID() == thread) {
      warnings.add(new SimpleFormatter().formatMessage(line));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
