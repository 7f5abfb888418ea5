package org.pdnn.cli.display;

import org.jspecify.annotations.Nullable;
import org.pdnn.data.Download;

/// Shows a bar for each file that is downloaded; nothing if none is.
public final class DownloadDisplay implements Download.Progress, AutoCloseable {
  private @Nullable Display display;
  private String file = "";

  @Override
  public void arrived(String name, long done, long total) {
    if (display == null || !name.equals(file)) {
      close();
      file = name;
      display = new Display("Downloading " + name, "bytes", total);
    }
    display.to(done);
  }

  @Override
  public void close() {
    if (display != null) {
      display.close();
      display = null;
    }
  }
}
