package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.history.History;
import dev.hone.history.Verbose;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.metric.Metric;
import dev.hone.observe.Event;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.log.MlflowFiles;
import dev.hone.optimize.log.RunLog;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planted key is searched for in everything that a whole run leaves behind, and tells. */
class NoSecretInRunTest {
  private static final String KEY = "sk-planted-4f9a1c77d2e8";
  private static final String PASSWORD = "pl4nted+pass/w0rd=";
  private static final String BASIC = base64("me:" + PASSWORD);
  private static final List<String> SECRETS =
      List.of(
          KEY,
          PASSWORD,
          base64(KEY),
          base64(PASSWORD),
          BASIC,
          URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
          URLEncoder.encode(BASIC, StandardCharsets.UTF_8));

  private static final Pattern ASKED = Pattern.compile("\\[\\[ ## (\\w+) ## ]]");

  @TempDir private Path folder;

  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final History history = History.ofLast(10_000);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  record Ticket(String text) {}

  record Route(String label) {}

  /** Fails now and then, and then quotes what it was sent. */
  private final class Telltale extends ForwardingLanguageModel {
    private final AtomicInteger calls = new AtomicInteger();

    Telltale() {
      super(ScriptedModel.answering(NoSecretInRunTest::answer));
    }

    @Override
    public LmResponse call(LmRequest request) {
      int call = calls.incrementAndGet();
      if (call % 5 == 0) {
        failures.incrementAndGet();
        throw failure(call / 5);
      }
      return super.call(request);
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return Optional.of(
          ModelIdentity.of(
              id(), "https://me:" + PASSWORD + "@example.test/v1?api_key=" + KEY, KEY));
    }
  }

  private static RuntimeException failure(int number) {
    String encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    List<String> messages =
        List.of(
            "Incorrect API key provided: " + KEY,
            "POST https://example.test/v1?api_key=" + encoded + " gave 503",
            "sent {\"Authorization\": \"Bearer " + KEY + "\"}",
            "sent Authorization: Basic " + BASIC,
            "could not reach https://me:" + PASSWORD + "@example.test/v1",
            "password=" + PASSWORD);
    String message = messages.get(number % messages.size());
    return switch (number % 5) {
      case 0 -> new LmException.Unavailable(message, null, null);
      case 1 -> new LmException.ContentRefused(message, null);
      case 2 -> new LmException.InvalidRequest(message, null);
      case 3 -> new LmException.ContextWindowExceeded(message, null);
      default -> new IllegalStateException(message);
    };
  }

  private static String answer(LmRequest request) {
    String prompt = request.messages().get(request.messages().size() - 1).text();
    String asked = prompt.substring(Math.max(0, prompt.lastIndexOf("Answer with")));
    return ASKED
        .matcher(asked)
        .results()
        .map((MatchResult field) -> field.group(1))
        .distinct()
        .map(field -> "[[ ## %s ## ]]%n%s%n%n".formatted(field, value(field, prompt)))
        .collect(Collectors.joining());
  }

  private static String value(String field, String prompt) {
    return switch (field) {
      case "completed" -> "";
      case "nothingToAdd" -> "false";
      case "label" -> prompt.contains("odd") ? "odd" : "even";
      default -> "Say what it is. " + Integer.toHexString(prompt.hashCode());
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void take(Event event) {
    told.add(String.valueOf(event));
    for (Method method : event.getClass().getMethods()) {
      if (method.getParameterCount() == 0 && method.getDeclaringClass() != Object.class) {
        try {
          told.add(text(method.invoke(event)));
        } catch (ReflectiveOperationException e) {
          // Of a class that nobody outside can see.
        }
      }
    }
  }

  /** What it says; of an exception, what all of them up to the foreign one say. */
  private static String text(Object value) {
    return value instanceof LmException error
        ? error + " " + error.getMessage() + " " + error.getLocalizedMessage()
        : String.valueOf(value);
  }

  private Optimized<Ticket, Route, MiproV2Report> run(SqliteCache cache, Budget budget) {
    LmPipeline model =
        LmPipeline.builder(new Telltale())
            .cache(cache)
            .retry(RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO))
            .build();
    Context context =
        Context.builder()
            .lm(model)
            .budget(budget)
            .listener(history)
            .listener(
                Verbose.to(new PrintStream(printed, true, StandardCharsets.UTF_8)).withCalls())
            .listener((event, metadata) -> take(event))
            .build();
    Optimizer<MiproV2Report> mipro =
        MiproV2.light().trials(4).seed(1).journal(folder.resolve("run"));
    Dataset<Ticket, Route> data =
        Dataset.of(
            IntStream.range(0, 30)
                .mapToObj(
                    i ->
                        Example.of(
                            new Ticket("ticket " + i + (i % 2 == 0 ? "" : ", odd")),
                            new Route(i % 2 == 0 ? "even" : "odd")))
                .toList());
    Predict<Ticket, Route> program = Predict.of(Ticket.class, Route.class, "Say what it is.");
    return context.call(() -> mipro.compile(program, data, Metric.byField(Route.class)));
  }

  @Test
  void isNowhere() throws IOException {
    Optimized<Ticket, Route, MiproV2Report> found;
    try (SqliteCache cache = SqliteCache.open(folder.resolve("replies.db"))) {
      try {
        found = run(cache, Budget.ofCalls(120));
        told.add(found.report().toString());
      } catch (LmException e) {
        told.add(text(e));
      }
      cut(folder.resolve("run").resolve("journal.jsonl"));

      found = run(cache, Budget.unlimited());
      cache.export(folder.resolve("export.jsonl"));
      assertNoFileHasThem(6);
    }
    Path artifact = folder.resolve("label.json");
    found.save(artifact);
    RunLog log = RunLog.of(folder.resolve("runs.jsonl"));
    log.append(found, artifact);
    MlflowFiles.of(folder.resolve("mlruns"), "labels").write(found);

    told.add(log.table());
    told.add(found.report().toString());
    told.addAll(found.report().notes());
    told.add(history.inspect(10_000));
    told.add(String.valueOf(history));
    told.add(printed.toString(StandardCharsets.UTF_8));
    assertThat(failures.get()).isGreaterThan(8);
    assertThat(told).anyMatch(text -> text.contains("[hidden]"));
    for (String text : told) {
      assertThat(text).doesNotContain(SECRETS);
    }
    assertNoFileHasThem(10);
  }

  /** The end of a line is lost, and a byte within another: the rest is used, what is bad kept. */
  private static void cut(Path journal) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(0);
      file.setLength(file.length() - 50);
    }
  }

  private void assertNoFileHasThem(int least) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      assertThat(regular).hasSizeGreaterThanOrEqualTo(least);
      for (Path file : regular) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(SECRETS).as(file.toString()).noneMatch(bytes::contains);
      }
    }
  }
}
