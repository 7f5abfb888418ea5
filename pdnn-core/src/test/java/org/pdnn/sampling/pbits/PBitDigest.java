package org.pdnn.sampling.pbits;

import java.util.StringJoiner;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The answers of the chosen kernel in one number; a program, so that other virtual machines
/// compute it too. It prints the kernel's name, the number, and the levels of what was logged.
final class PBitDigest {
  private PBitDigest() {}

  public static void main(String[] args) {
    StringJoiner logged = new StringJoiner(" ");
    Logger logger = Logger.getLogger(PBitKernels.class.getName());
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord said) {
            logged.add(said.getLevel().getName());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    PBits kernel = PBitKernels.chosen();
    System.out.printf("%s %x %s%n", kernel.name(), PBitCases.digest(PBitKernels.chosen()), logged);
  }
}
