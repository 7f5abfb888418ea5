package org.pdnn.cli.option;

/// What a command tells its caller by its exit code.
public final class ExitCode {
  /// A failure that one sentence explains.
  public static final int FAILED = 1;

  public static final int WRONG_USAGE = 2;
  public static final int INTERRUPTED = 130;

  /// As of a command that the system ends because nobody reads what it prints.
  public static final int UNREAD = 141;

  private ExitCode() {}
}
