package org.pdnn.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is finished is kept and never done again.
class SweepTest {
  @TempDir private Path folder;

  private final List<String> worked = Collections.synchronizedList(new ArrayList<>());

  private static final Kind<Total> KIND = new Kind<>("sum", Total.class);

  /// What a sum comes to.
  record Total(int sum) {}

  /// A number plus those of the cells that it needs.
  private record Sum(int number, List<Cell<Total>> summands, List<String> worked)
      implements Cell<Total> {
    @Override
    public String title() {
      return "sum " + number;
    }

    @Override
    public Kind<Total> kind() {
      return KIND;
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("kind", "sum").put("number", number);
      summands.forEach(needed -> json.withArray("needs").add(needed.recipe()));
      return json;
    }

    @Override
    public List<Cell<?>> needs() {
      return List.copyOf(summands);
    }

    @Override
    public double work() {
      return 1;
    }

    @Override
    public Total compute(Context context) throws IOException {
      worked.add(title());
      context.progress(0.5);
      context.progress(0.25);
      if (number < 0) {
        throw new IOException("no sum of " + number);
      }
      int sum = number;
      for (Cell<Total> needed : summands) {
        sum += context.result(needed).sum();
      }
      Files.createDirectories(context.folder());
      Files.writeString(context.folder().resolve("note.txt"), "by " + title());
      return new Total(sum);
    }
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // a list of them is only read
  private final Sum sum(int number, Cell<Total>... needs) {
    return new Sum(number, Arrays.asList(needs), worked);
  }

  private Findings run(Cell<?>... cells) throws IOException {
    return new Sweep(folder, 2, SweepProgress.NONE).run(List.of(cells));
  }

  private static int found(Findings findings, Cell<Total> cell) {
    return findings.result(cell).orElseThrow().sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void whatIsNeededIsDoneFirstAndOnce(int threads) throws IOException {
    Cell<Total> one = sum(1);
    Cell<Total> two = sum(2, one);
    Cell<Total> last = sum(3, one, two);
    Findings findings = new Sweep(folder, threads, SweepProgress.NONE).run(List.of(last, sum(1)));
    assertEquals(3 + 1 + 3, found(findings, last));
    assertEquals(List.of("sum 1", "sum 2", "sum 3"), worked);
    assertEquals(3, findings.entries().size());
  }

  @Test
  void finishedCellsAreNotDoneAgain() throws IOException {
    run(sum(1), sum(2));
    worked.clear();
    Findings findings = run(sum(2), sum(3), sum(1));
    assertEquals(List.of("sum 3"), worked);
    assertEquals(2, found(findings, sum(2)));
  }

  @Test
  void finishedCellsKeepNoLock() throws IOException {
    run(sum(1), sum(2, sum(3)));
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(), files.filter(file -> file.getFileName().toString().equals("lock")).toList());
    }
  }

  @Test
  void damagedFindingsAreNamedByFileAndLine() throws IOException {
    Path file = folder.resolve("sums.jsonl");
    run(sum(1), sum(2)).write(file);
    List<String> lines = Files.readAllLines(file);
    for (String damaged :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{\"recipe\":{}}",
            "{\"recipe\":{\"a\":1},\"result\":{},\"provenance\":{\"b\":1}}",
            "\u0000")) {
      Files.write(file, List.of(lines.getFirst(), damaged, lines.getLast()));
      var e = assertThrows(IOException.class, () -> Findings.read(file));
      assertEquals(
          file + ", line 2: not a finding; make the file again with 'pdnn reproduce'",
          e.getMessage());
    }
  }

  @Test
  void whatIsFinishedSoFarIsFoundWithoutWork() throws IOException {
    run(sum(1), sum(2));
    worked.clear();
    List<Sum> asked = List.of(sum(3, sum(1)), sum(2));
    Findings findings = new Sweep(folder, 1, SweepProgress.NONE).finished(asked);
    assertEquals(List.of(), worked);
    assertEquals(2, findings.entries().size());
    assertTrue(findings.result(sum(3, sum(1))).isEmpty());
    assertEquals(1, found(findings, sum(1)));
  }

  /// Another process has begun the cell when this one finds it unfinished, and ends only after
  /// that.
  @Test
  void whatAnotherProcessWorksOnIsWaitedFor() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Elsewhere.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals('b', other.getInputStream().read());
    SweepProgress letItEnd =
        new SweepProgress() {
          @Override
          public void begin(int cells, int kept, double work) {
            assertEquals(1, cells);
            try {
              other.getOutputStream().close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void done(double work) {}

          @Override
          public void cell(String title) {}
        };
    Findings findings = new Sweep(folder, 1, letItEnd).run(List.of(sum(1)));
    assertEquals(0, other.waitFor());
    assertEquals(List.of(), worked);
    assertEquals(Elsewhere.FOUND, found(findings, sum(1)));
  }

  /// The other process: its cell is in work until the standard input ends.
  static final class Elsewhere {
    private static final int FOUND = 42;

    private Elsewhere() {}

    public static void main(String[] args) throws IOException {
      Cell<Total> slow =
          new Cell<>() {
            @Override
            public String title() {
              return "sum elsewhere";
            }

            @Override
            public Kind<Total> kind() {
              return KIND;
            }

            @Override
            public ObjectNode recipe() {
              return new Sum(1, List.of(), List.of()).recipe();
            }

            @Override
            public double work() {
              return 1;
            }

            @Override
            public List<Cell<?>> needs() {
              return List.of();
            }

            @Override
            public Total compute(Context context) throws IOException {
              System.out.write('b');
              System.out.flush();
              System.in.readAllBytes();
              return new Total(FOUND);
            }
          };
      new Sweep(Path.of(args[0]), 1, SweepProgress.NONE).run(List.of(slow));
    }
  }

  @Test
  void workThatIsDoneStaysDone() throws IOException {
    List<Double> heard = new ArrayList<>();
    SweepProgress progress =
        new SweepProgress() {
          @Override
          public void begin(int cells, int kept, double work) {}

          @Override
          public void done(double work) {
            heard.add(work);
          }

          @Override
          public void cell(String title) {}
        };
    new Sweep(folder, 1, progress).run(List.of(sum(1), sum(2)));
    assertEquals(List.of(0.5, 0.5, 1.0, 1.5, 1.5, 2.0), heard);
  }

  @Test
  void aFailureLeavesWhatWasFinished() throws IOException {
    var e =
        assertThrows(
            IOException.class,
            () -> new Sweep(folder, 1, SweepProgress.NONE).run(List.of(sum(1), sum(-1), sum(2))));
    assertEquals("no sum of -1", e.getMessage());
    worked.clear();
    run(sum(1), sum(2));
    assertEquals(List.of("sum 2"), worked);
  }

  @Test
  void aRecipeIsTheAddressWhateverTheOrderOfItsKeys() {
    ObjectNode one = JsonNodeFactory.instance.objectNode().put("kind", "a").put("x", 1).put("y", 2);
    ObjectNode two = JsonNodeFactory.instance.objectNode().put("y", 2).put("x", 1).put("kind", "a");
    assertEquals(Address.of(one), Address.of(two));
    assertNotEquals(Address.of(one), Address.of(two.deepCopy().put("x", 2)));
    assertThrows(IllegalArgumentException.class, () -> Address.of(two.deepCopy().put("kind", "/")));
  }

  @Test
  void aDamagedCellIsNamedWithARemedy() throws IOException {
    run(sum(1));
    Path file = new CellStore(folder).folder(sum(1)).resolve("cell.json");
    for (String damage : List.of("", "{", "[]", "{\"recipe\":{}}")) {
      Files.writeString(file, damage);
      var e = assertThrows(IOException.class, () -> run(sum(1)));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.endsWith("is damaged; remove its folder and run again"), message);
    }
  }

  @Test
  void aCellOfAnotherVersionIsNamedWithARemedy() throws IOException {
    run(sum(1));
    Path file = new CellStore(folder).folder(sum(1)).resolve("cell.json");
    Files.writeString(file, Files.readString(file).replace("\"sum\" :", "\"total\" :"));
    var e = assertThrows(IOException.class, () -> run(sum(1)));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + " is of another version, key 'result.sum' is "), message);
    assertTrue(message.endsWith("; remove its folder and run again"), message);
  }

  @Test
  void aCellOfAnotherRecipeIsRefused() throws IOException {
    run(sum(1), sum(2));
    CellStore store = new CellStore(folder);
    Files.createDirectories(store.folder(sum(3)));
    Files.copy(
        store.folder(sum(1)).resolve("cell.json"), store.folder(sum(3)).resolve("cell.json"));
    var e = assertThrows(IOException.class, () -> run(sum(3)));
    assertTrue(String.valueOf(e.getMessage()).contains("is of another cell"));
  }

  @Test
  void onlyWhatACellNeedsIsReadByIt() throws IOException {
    run(sum(1));
    Context context = new Context(new CellStore(folder), sum(2), share -> {});
    assertThrows(IllegalArgumentException.class, () -> context.result(sum(1)));
    assertThrows(IllegalArgumentException.class, () -> context.folder(sum(1)));
  }

  private static List<ObjectNode> json(Findings findings) {
    return findings.entries().stream().map(Entry::toJson).toList();
  }

  @Test
  void findingsAreWrittenAndRead() throws IOException {
    Findings findings = run(sum(5, sum(1)), sum(2));
    Path file = folder.resolve("findings.jsonl");
    findings.write(file);
    Findings read = Findings.read(file);
    assertEquals(json(findings), json(read));
    read.entries().forEach(entry -> assertEquals(file.toString(), entry.source()));
    Files.writeString(file, Files.readString(file) + "{}\n");
    var e = assertThrows(IOException.class, () -> Findings.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains("line 4"));
  }

  @Test
  void anInterruptStopsTheSweepAndKeepsWhatIsFinished() throws Exception {
    run(sum(1));
    Thread.currentThread().interrupt();
    assertThrows(
        java.util.concurrent.CancellationException.class,
        () -> new Sweep(folder, 1, SweepProgress.NONE).run(List.of(sum(1), sum(2), sum(3))));
    assertTrue(Thread.interrupted());
    worked.clear();
    Findings findings = run(sum(1), sum(2), sum(3));
    assertTrue(!worked.contains("sum 1"));
    assertEquals(3, findings.entries().size());
  }

  /// Nothing that is missing counts as 0.
  @Test
  void aMissingKeyIsNamedByFileCellAndKey() throws IOException {
    Path file = folder.resolve("sums.jsonl");
    run(sum(1)).write(file);
    String kept = Files.readString(file);
    Fields recipe = Findings.read(file).recipes().getFirst();
    assertEquals(1, recipe.integer("number"));
    String cell = "%s, cell %s".formatted(file, Address.of(sum(1)).name());
    String remedy = "; make the file again with 'pdnn reproduce'";
    assertEquals(
        cell + ": key 'recipe.absent' is missing" + remedy, complaint(() -> recipe.text("absent")));
    assertEquals(
        cell + ": key 'recipe.number' is not a text" + remedy,
        complaint(() -> recipe.text("number")));
    for (String damaged : List.of("\"total\":1", "\"sum\":null", "\"sum\":\"x\"")) {
      Files.writeString(file, kept.replace("\"sum\":1}", damaged + "}"));
      Findings findings = Findings.read(file);
      String message = complaint(() -> findings.of(KIND));
      assertTrue(message.startsWith(cell + ": key 'result.sum' is "), message);
      assertTrue(message.endsWith(remedy), message);
    }
  }

  private static String complaint(Executable reading) {
    var failure = assertThrows(UncheckedIOException.class, reading);
    return String.valueOf(Objects.requireNonNull(failure.getCause()).getMessage());
  }

  /// As tasks of a cluster that were begun twice do.
  @Test
  void twoThreadsOfOneProcessDoACellOnce() throws Exception {
    Cell<Total> cell = sum(1);
    Threads one = new Threads(folder, 1);
    Threads other = new Threads(folder, 1);
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Cell<Total> slow = new Waiting(cell, began, goOn);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<?> first = pool.submit(() -> finish(one, slow));
      began.await();
      Future<?> second = pool.submit(() -> finish(other, slow));
      assertThrows(TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
      goOn.countDown();
      first.get();
      second.get();
    }
    assertEquals(List.of("sum 1"), worked);
  }

  private static void finish(Threads threads, Cell<?> cell) {
    try {
      threads.finish(cell, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A cell that waits in the middle.
  private record Waiting(Cell<Total> cell, CountDownLatch began, CountDownLatch goOn)
      implements Cell<Total> {
    @Override
    public String title() {
      return cell.title();
    }

    @Override
    public Kind<Total> kind() {
      return cell.kind();
    }

    @Override
    public ObjectNode recipe() {
      return cell.recipe();
    }

    @Override
    public double work() {
      return cell.work();
    }

    @Override
    public Total compute(Context context) throws IOException {
      began.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return cell.compute(context);
    }
  }

  @Test
  void aCellWhoseNeedsAreNotInTheFolderSaysSo() {
    IOException missing =
        assertThrows(
            IOException.class, () -> new Threads(folder, 1).finish(sum(2, sum(1)), _ -> {}));
    String message = String.valueOf(missing.getMessage());
    assertTrue(message.startsWith("sum 1 is not in " + folder), message);
    assertTrue(message.endsWith("; all machines must see one folder of cells"), message);
  }

  @Test
  void aForecastIsOfWhatIsLeftInTheMeasuredUnit() throws IOException {
    Sweep sweep = new Sweep(folder, 1, SweepProgress.NONE);
    List<Cell<?>> cells = List.of(sum(1), sum(2, sum(1)), sum(3));
    Forecast before = sweep.forecast(cells);
    assertEquals(Forecast.Basis.EXPECTED, before.basis());
    assertEquals(
        List.of(
            new Forecast.Work(1, List.of()),
            new Forecast.Work(1, List.of(0)),
            new Forecast.Work(1, List.of())),
        before.cells());
    Findings findings = sweep.run(List.of(sum(1)));
    double unit = findings.entry(sum(1)).seconds();
    Forecast rest = sweep.forecast(cells);
    assertEquals(Forecast.Basis.SCALED, rest.basis());
    assertEquals(
        List.of(new Forecast.Work(unit, List.of()), new Forecast.Work(unit, List.of())),
        rest.cells());
    sweep.run(cells);
    Forecast again = sweep.forecast(cells);
    assertEquals(Forecast.Basis.MEASURED, again.basis());
    assertEquals(3, again.cells().size());
  }
}
