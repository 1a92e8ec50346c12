package dev.hone.benchmarks.speed;

import com.sun.management.OperatingSystemMXBean;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.modelserver.ModelServer;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Evaluating examples on a model of 200 ms a call, over loopback HTTP and in the process, beside a
 * bare client of the JDK on the same server that sends equal bodies, and threads that only sleep.
 * Each in turn, in every round, in which all questions are new; once with the pipeline of the round
 * before, and once with a new one, whose limit has to open. Datasets are made before the time
 * counts. Prints the median and the smallest share of the ideal, which is examples / in flight x
 * 200 ms, the median over that of the bare client, and the time that processors spent for an
 * example, server included, which a busy machine does not change much. Then how many calls a second
 * the server takes without the 200 ms, so that one sees that it is not what holds calls back.
 * Arguments: rounds, and pairs of examples and calls in flight; default 5 1000 100 10000 1000.
 */
public final class HttpSpeed {
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final int WARM_UP_ROUNDS = 8;
  private static final String REPLY = "[[ ## answer ## ]]\n7";

  private static final OperatingSystemMXBean CPU =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int examples;
  private final int inFlight;
  private final ModelServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads;
  private int asked;
  private final Predict<Question, Answer> predict =
      Predict.of(Question.class, Answer.class, "Answer with a number.");

  private record Question(String question) {}

  private record Answer(int answer) {}

  /** A model that keeps no requests: kept ones would fill the heap. */
  private record Instant(Supplier<LmResponse> reply) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return reply.get();
    }

    @Override
    public String id() {
      return "instant";
    }
  }

  /** One way to make the calls; the dataset is there before the time counts. */
  private interface Way {
    void run(Dataset<Question, Answer> questions) throws Exception;
  }

  private HttpSpeed(int examples, int inFlight, ModelServer server) {
    this.examples = examples;
    this.inFlight = inFlight;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(inFlight);
  }

  /** Runs all pairs. */
  public static void main(String[] args) throws Exception {
    int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    int[] given = numbers.length > 2 ? numbers : new int[] {5, 1_000, 100, 10_000, 1_000};
    LanguageModel model = new Instant(HttpSpeed::reply);
    try (ModelServer server = ModelServer.builder(model).keepNoCalls().start()) {
      for (int i = 1; i + 1 < given.length; i += 2) {
        HttpSpeed speed = new HttpSpeed(given[i], given[i + 1], server);
        speed.table(given[0]);
        speed.threads.shutdown();
      }
    }
  }

  private static LmResponse reply() {
    return LmResponse.of(REPLY, LmUsage.of(100, 5), "speed");
  }

  private void table(int rounds) throws Exception {
    String body = body();
    LmPipeline kept = pipeline(overHttp());
    List<String> names =
        List.of(
            "threads that sleep",
            "bare HttpClient",
            "Hone in the process",
            "Hone over HTTP",
            "the same, a new pipeline");
    List<Way> ways =
        List.of(
            fresh -> sleep(),
            fresh -> bare(body),
            fresh -> evaluate(fresh, pipeline(new Instant(HttpSpeed::slowReply))),
            fresh -> evaluate(fresh, kept),
            fresh -> evaluate(fresh, pipeline(overHttp())));
    List<List<Double>> seconds = new ArrayList<>();
    ways.forEach(way -> seconds.add(new ArrayList<>()));
    double[] cpuMicros = new double[ways.size()];
    server.delay(LATENCY);
    for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      for (int i = 0; i < ways.size(); i++) {
        Dataset<Question, Answer> fresh = questions(examples);
        long cpuNanos = CPU.getProcessCpuTime();
        double took = seconds(ways.get(i), fresh);
        if (round >= WARM_UP_ROUNDS) {
          seconds.get(i).add(took);
          cpuMicros[i] += (CPU.getProcessCpuTime() - cpuNanos) / 1e3 / rounds / examples;
        }
      }
    }
    print(
        "%n%,d examples, %,d in flight, %d rounds after %d to warm up",
        examples, inFlight, rounds, WARM_UP_ROUNDS);
    print(
        "| way | median s | median / ideal | smallest / ideal | median / bare | CPU of an example |%n|---|---|---|---|---|---|");
    double ideal = (double) examples / inFlight * LATENCY.toMillis() / 1e3;
    double bare = median(seconds.get(1));
    for (int i = 0; i < ways.size(); i++) {
      double median = median(seconds.get(i));
      double smallest = Collections.min(seconds.get(i));
      print(
          "| %s | %.3f | %.3f | %.3f | %.3f | %,.0f us |",
          names.get(i), median, median / ideal, smallest / ideal, median / bare, cpuMicros[i]);
    }
    server.delay(Duration.ZERO);
    double took = seconds(fresh -> bare(body), questions(1));
    print(
        "Without the %d ms the server answers %,.0f calls/s of the bare client; %,.0f are wanted.",
        LATENCY.toMillis(), examples / took, inFlight * 1e3 / LATENCY.toMillis());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private LanguageModel overHttp() {
    return OpenAiModels.openAiCompatible("speed", server.baseUrl(), null);
  }

  private LmPipeline pipeline(LanguageModel model) {
    return LmPipeline.builder(model).maxInFlight(inFlight).build();
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static double seconds(Way way, Dataset<Question, Answer> fresh) throws Exception {
    long start = System.nanoTime();
    way.run(fresh);
    return (System.nanoTime() - start) / 1e9;
  }

  /** The body that Hone sends, taken from a server that keeps it. */
  private String body() {
    try (ModelServer once = ModelServer.start(new Instant(HttpSpeed::reply))) {
      evaluate(
          questions(1), pipeline(OpenAiModels.openAiCompatible("speed", once.baseUrl(), null)));
      return once.calls().get(0).body().toString();
    }
  }

  /** Questions that were not asked before. */
  private Dataset<Question, Answer> questions(int size) {
    int first = asked;
    asked += size;
    return Dataset.of(
        IntStream.range(first, first + size)
            .mapToObj(i -> Example.of(new Question("What is " + i + "?"), new Answer(7)))
            .toList());
  }

  private void evaluate(Dataset<Question, Answer> dataset, LmPipeline pipeline) {
    Evaluator<Question, Answer> evaluator = Evaluator.of(dataset, Metric.exact(Answer::answer));
    double score =
        Context.builder().lm(pipeline).build().call(() -> evaluator.evaluate(predict)).score();
    if (score < 1) {
      throw new IllegalStateException("The score is " + score + ", expected 1");
    }
  }

  private static LmResponse slowReply() {
    try {
      Thread.sleep(LATENCY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("interrupted", e);
    }
    return reply();
  }

  private void sleep() throws Exception {
    await(
        () -> {
          Thread.sleep(LATENCY.toMillis());
          return "";
        });
  }

  private void bare(String body) throws Exception {
    URI uri = URI.create(server.baseUrl() + "/chat/completions");
    await(() -> send(uri, body));
  }

  private String send(URI uri, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(2))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Status " + response.statusCode());
    }
    return response.body();
  }

  private void await(Callable<String> call) throws Exception {
    for (Future<String> one : threads.invokeAll(Collections.nCopies(examples, call))) {
      one.get();
    }
  }
}
