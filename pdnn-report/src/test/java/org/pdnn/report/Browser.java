package org.pdnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A Chromium without a screen, spoken to by its DevTools protocol. It shows one page at a time.
public final class Browser implements AutoCloseable {
  /// Generous: a busy machine may take a minute to start a dozen processes.
  private static final int SECONDS = 120;

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a page is looked at with.
  ///
  /// @param medium `screen` or `print`
  /// @param scheme `light` or `dark`
  public record Screen(int width, int height, boolean phone, String medium, String scheme) {
    public static final Screen LAPTOP = new Screen(1280, 800, false, "screen", "light");
    public static final Screen DARK = new Screen(1280, 800, false, "screen", "dark");
    static final Screen LARGE = new Screen(1440, 900, false, "screen", "light");
    public static final Screen PHONE = new Screen(390, 844, true, "screen", "light");

    /// What A4 leaves between margins of 14 mm.
    static final Screen PAPER = new Screen(688, 1000, false, "print", "dark");
  }

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private String session = "";
  private CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Browser(Path executable, Path folder) throws Exception {
    Path profile = Files.createTempDirectory(folder, "profile");
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> address = address(profile.resolve("DevToolsActivePort"));
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + address.get(0) + address.get(1)), new Listener())
            .get(SECONDS, TimeUnit.SECONDS);
    String target = call("Target.createTarget", "url", "about:blank").path("targetId").asText();
    session =
        call("Target.attachToTarget", "targetId", target, "flatten", true)
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable");
    }
  }

  /// The first of the usual names on the PATH, started; empty if there is none.
  public static Optional<Browser> start(Path folder) throws Exception {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    Optional<Path> found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name ->
                Arrays.stream(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return found.isEmpty() ? Optional.empty() : Optional.of(new Browser(found.get(), folder));
  }

  /// Port and path, which the browser writes once it listens.
  private List<String> address(Path file) throws IOException, InterruptedException {
    for (int tenth = 0; tenth < 10 * SECONDS && process.isAlive(); tenth++) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
          return lines;
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("the browser did not start");
  }

  /// Opens a page and waits until its charts are drawn.
  public void open(Path page, Screen screen) throws Exception {
    complaints.clear();
    look(screen);
    load(page);
    settle();
  }

  private void load(Path page) throws Exception {
    loaded = new CompletableFuture<>();
    call("Page.navigate", "url", page.toUri().toString());
    loaded.get(SECONDS, TimeUnit.SECONDS);
  }

  /// Opens a page none of whose scripts run.
  void openWithoutScripts(Path page, Screen screen) throws Exception {
    complaints.clear();
    look(screen);
    call("Emulation.setScriptExecutionDisabled", "value", true);
    load(page);
    call("Emulation.setScriptExecutionDisabled", "value", false);
    settle();
  }

  /// Presses a key where the page's focus is.
  public void press(String key, int code) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", "type", type, "key", key, "windowsVirtualKeyCode", code);
    }
    settle();
  }

  /// Moves the pressed pointer from place to place.
  ///
  /// @param places x and y of the window in turn
  public void drag(double... places) throws Exception {
    int last = places.length - 2;
    for (int i = 0; i <= last; i += 2) {
      point(i == 0 ? "mousePressed" : "mouseMoved", places[i], places[i + 1]);
    }
    point("mouseReleased", places[last], places[last + 1]);
    settle();
  }

  private void point(String type, double x, double y) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        "type",
        type,
        "x",
        x,
        "y",
        y,
        "button",
        "left",
        "buttons",
        1,
        "clickCount",
        1);
  }

  /// Looks at the same page with another screen.
  public void look(Screen screen) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        screen.width(),
        "height",
        screen.height(),
        "deviceScaleFactor",
        1,
        "mobile",
        screen.phone());
    call(
        "Emulation.setEmulatedMedia",
        "media",
        screen.medium(),
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme())));
    settle();
  }

  /// What is observed is drawn anew in the first frames.
  private void settle() throws Exception {
    for (int i = 0; i < 3; i++) {
      run("new Promise((seen) => requestAnimationFrame(() => seen(true)))");
    }
  }

  /// The value of an expression in the page; promises are waited for.
  public JsonNode run(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            "expression",
            expression,
            "returnByValue",
            true,
            "awaitPromise",
            true);
    if (answer.has("exceptionDetails")) {
      throw new IOException(answer.path("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /// The page on A4.
  byte[] print() throws Exception {
    return Base64.getDecoder()
        .decode(
            call("Page.printToPDF", "paperWidth", 8.27, "paperHeight", 11.69)
                .path("data")
                .asText());
  }

  /// What the browser wrote about the page, and what its scripts threw.
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String method, Object... parameters) throws Exception {
    int id = calls.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    ObjectNode named = message.putObject("params");
    for (int i = 0; i < parameters.length; i += 2) {
      named.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode found = answer.get(SECONDS, TimeUnit.SECONDS);
    if (found.has("error")) {
      throw new IOException(method + ": " + found.path("error"));
    }
    return found.path("result");
  }

  private void received(JsonNode message) {
    CompletableFuture<JsonNode> asked = answers.remove(message.path("id").asInt());
    if (asked != null) {
      asked.complete(message);
    }
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
          complaints.add(message.path("params").toString());
      default -> {}
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  /// Puts messages together, which come in pieces.
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder piece = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      piece.append(text);
      if (last) {
        try {
          received(JSON.readTree(piece.toString()));
        } catch (IOException e) {
          complaints.add("a message is no JSON: " + e.getMessage());
        }
        piece.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
