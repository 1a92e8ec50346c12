package dev.hone.benchmarks.adapter;

import dev.hone.json.Json;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which adapters a model keeps to, and what they cost: each adapter on each task, with the embedded
 * model and with a small one behind {@code benchmarks/adapters/serve.py}. Writes a table and its
 * figures for each model, {@code cost.md} and, outside of the results, the replies that could not
 * be read.
 *
 * <p>Cells are played in turns, a few examples each, so that all have about as many when the time
 * is up. All calls are greedy.
 */
public final class AdapterBenchmark {
  private static final String NAME = "smollm2-135m-instruct";
  private static final Duration REPLY_TIMEOUT = Duration.ofMinutes(5);
  private static final int IN_A_ROW = 2;
  private static final int EXAMPLES = 40;

  private final Path folder;
  private final Path unreadFile;
  private final List<Cell> cells = new ArrayList<>();
  private String file = "";
  private final StringBuilder log = new StringBuilder();

  private AdapterBenchmark(Path folder, Path unreadFile) {
    this.folder = folder;
    this.unreadFile = unreadFile;
  }

  /**
   * Runs everything from the checkout's folder.
   *
   * @param arguments the folder to write to; the URLs of servers up to their ports, separated by
   *     commas, or {@code none}; the seconds that its model gets; a file for the replies that could
   *     not be read
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AdapterBenchmark benchmark = new AdapterBenchmark(Path.of(arguments[0]), Path.of(arguments[3]));
    Files.createDirectories(benchmark.folder);
    String server = arguments[1];
    benchmark.play("embedded", List.of(EmbeddedModel.load()), Duration.ofHours(1));
    if (!server.equals("none")) {
      List<String> servers = List.of(server.split(","));
      benchmark.costs(servers.get(0));
      List<LanguageModel> models = new ArrayList<>();
      for (String url : servers) {
        models.add(OpenAiModels.openAiCompatible(NAME, url + "/v1", null, REPLY_TIMEOUT));
      }
      benchmark.play("SmolLM2-135M", models, Duration.ofSeconds(Long.parseLong(arguments[2])));
    }
  }

  /** Plays all cells, each on one of some models that are the same, and each model on a thread. */
  private void play(String name, List<LanguageModel> models, Duration most)
      throws InterruptedException {
    cells.clear();
    file = name.toLowerCase(Locale.ROOT);
    List<List<Cell>> byModel = new ArrayList<>();
    models.forEach(model -> byModel.add(new ArrayList<>()));
    int next = 0;
    for (boolean demos : new boolean[] {true, false}) {
      for (AdapterTask task : AdapterTasks.all(EXAMPLES)) {
        for (AdapterCase adapter : task.cases()) {
          int at = next++ % models.size();
          AdapterTask shown = demos ? task : task.withoutDemos();
          Cell cell = new Cell(demos ? name + ", 2 demos" : name, models.get(at), shown, adapter);
          cells.add(cell);
          byModel.get(at).add(cell);
        }
      }
    }
    long end = System.nanoTime() + most.toNanos();
    List<Thread> threads =
        byModel.stream().map(own -> new Thread(() -> playUntil(end, own), name)).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void playUntil(long end, List<Cell> own) {
    while (own.stream().anyMatch(cell -> !cell.isDone()) && System.nanoTime() < end) {
      for (Cell cell : own) {
        StringBuilder unread = new StringBuilder();
        for (int i = 0; i < IN_A_ROW && !cell.isDone() && System.nanoTime() < end; i++) {
          cell.next(unread);
        }
        write(unread);
      }
    }
  }

  private synchronized void write(CharSequence unread) {
    log.append(unread);
    try {
      Files.writeString(folder.resolve(file + ".csv"), AdapterReport.csv(cells));
      Files.writeString(folder.resolve(file + ".md"), HEADER + AdapterReport.markdown(cells));
      Files.writeString(unreadFile, log);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void costs(String server) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    Map<String, Map<String, GoldCost>> costs = new LinkedHashMap<>();
    for (AdapterTask task : AdapterTasks.all(EXAMPLES)) {
      Map<String, GoldCost> own = new LinkedHashMap<>();
      for (AdapterCase adapter : task.cases()) {
        own.put(adapter.name(), GoldCost.of(task, adapter, text -> tokens(client, server, text)));
      }
      costs.put(task.name(), own);
    }
    Files.writeString(folder.resolve("cost.md"), COST_HEADER + AdapterReport.gold(costs));
  }

  /** How many tokens the server's model takes a text for. */
  private static long tokens(HttpClient client, String server, String text) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/extras/tokenize/count"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(Json.object().put("input", text))))
            .build();
    try {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Json.parse(body).path("count").asLong();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static final String COMMAND =
      """

      ```
      mvn -q -DskipTests -pl benchmarks -am -Pshade package
      llama/bin/python benchmarks/adapters/serve.py 8099 &      # how to install it stands in the script
      java -cp benchmarks/target/benchmarks.jar dev.hone.benchmarks.adapter.AdapterBenchmark \\
        benchmarks/adapters/results http://localhost:8099 1500 unread.txt
      ```

      """;

  private static final String HEADER =
      """
      # Which adapter a small model keeps to

      Written by `AdapterBenchmark`. Replies that were read at the first try, after the adapter's repair turn, after
      the prompt was sent once more for JSON, or never; "not in the reply" counts examples of which a text or number was
      read that no reply has. The score is that of the task, 0 for what was not read; the agent's step scores 1 if it
      calls `search`. Calls and tokens are per answered example, failed tries included. Greedy, no demos. Tokens of the
      embedded model are words. SmolLM2-135M-Instruct (4 bits) is so weak that its scores say little: it shows whether
      a format is kept. Cells were played in turns until the time was up.
      """
          + COMMAND;

  private static final String COST_HEADER =
      """
      # What formats cost

      Written by `AdapterBenchmark`: what a call costs where the model answers with the gold label, in the way in which the
      adapter itself shows an answer, in tokens of SmolLM2's tokenizer per example; and how many labels are not read
      back as they were. The prompt has no demos; what a request carries beside its messages (schemas, tools) is
      counted as `LmRequest.toText()` shows it. For two-step both calls are counted, the text being as short as can be.
      """
          + COMMAND;
}
