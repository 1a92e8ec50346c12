package dev.hone.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.agents.ReAct;
import dev.hone.agents.rollout.Majority;
import dev.hone.agents.rollout.Parallel;
import dev.hone.agents.rollout.Refine;
import dev.hone.batch.BatchRun;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.metric.Metric;
import dev.hone.optimize.ensemble.Ensemble;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.stream.ProgramStream;
import dev.hone.stream.StreamPart;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolRunner;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every span is in the trace of its caller, whatever it is of and whatever thread made it. */
@Timeout(60)
class SpanParentsTest {
  record Question(String text) {}

  enum Kind {
    GOOD,
    BAD
  }

  record Answer(Kind kind) {}

  record Query(String query) {}

  private static final Predict<Question, Answer> PROGRAM =
      Predict.of(Question.class, Answer.class, "Is it good?");
  private static final Predict<Question, Answer> OTHER =
      Predict.of(Question.class, Answer.class, "Is it fine?");
  private static final Metric<Question, Answer> METRIC = Metric.exact(Answer::kind);
  private static final ScriptedModel MODEL =
      ScriptedModel.answering(
              request -> request.toText().contains("odd question") ? "no idea" : "GOOD")
          .withId("openai:gpt-test");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();
  private final OpenTelemetryListener listener = OpenTelemetryListener.of(sdk);

  /** As a web request does: within a span that is current on this thread. */
  private <R> R inRequest(ScriptedModel model, Supplier<R> code) {
    Span request = sdk.getTracer("app").spanBuilder("POST /tickets").startSpan();
    try (Scope ignored = request.makeCurrent()) {
      return Context.builder().lm(model).listener(listener).build().call(code::get);
    } finally {
      request.end();
    }
  }

  @AfterEach
  void allIsInOneTraceAndNothingIsKept() {
    assertThat(spans().stream().map(SpanData::getTraceId).distinct()).hasSize(1);
    assertThat(listener.open()).isZero();
  }

  private List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  private List<SpanData> named(String prefix) {
    return spans().stream().filter(span -> span.getName().startsWith(prefix)).toList();
  }

  /** The spans of a kind, each with those around it to the root, by the first words of names. */
  private List<String> paths(String kind) {
    Map<String, SpanData> byId =
        spans().stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
    return named(kind).stream().map(span -> path(span, byId)).toList();
  }

  private static String path(SpanData span, Map<String, SpanData> byId) {
    List<String> names = new ArrayList<>();
    for (SpanData at = span; at != null; at = byId.get(at.getParentSpanId())) {
      names.add(at.getName().split(" ")[0]);
    }
    return String.join(" < ", names);
  }

  private static Dataset<Question, Answer> data(String... texts) {
    return Dataset.of(
        Stream.of(texts)
            .map(text -> Example.of(new Question(text), new Answer(Kind.GOOD)))
            .toList());
  }

  private static ScriptedTurn turn(LmRequest request) {
    boolean searched =
        request.messages().get(request.messages().size() - 1).parts().stream()
            .anyMatch(MessagePart.ToolResult.class::isInstance);
    return searched
        ? ScriptedTurn.call("submit", "{\"kind\": \"GOOD\"}")
        : ScriptedTurn.call("search", "{\"query\": \"x\"}");
  }

  @Test
  void turnsAndToolsOfAnAgentAreWithinItsExample() {
    Tool search =
        Tool.of("search", "finds", Query.class, query -> Context.current().ask("find", "x"));
    ReAct<Question, Answer> agent = ReAct.of(Question.class, Answer.class, "Is it good?", search);
    ScriptedModel model = ScriptedModel.calling(SpanParentsTest::turn).withId("openai:gpt-test");

    inRequest(model, () -> Evaluator.of(data("a", "b", "c"), METRIC).evaluate(agent));

    assertThat(paths("execute_tool"))
        .hasSize(3)
        .containsOnly("execute_tool < example < evaluate < POST");
    assertThat(paths("predict")).hasSize(6).containsOnly("predict < example < evaluate < POST");
    assertThat(paths("chat"))
        .hasSize(9)
        .containsOnly(
            "chat < predict < example < evaluate < POST",
            "chat < execute_tool < example < evaluate < POST");
  }

  private static List<Program<Question, Answer>> severalRuns() {
    Ensemble<Question, Answer> ensemble = Ensemble.of(List.of(PROGRAM, OTHER), Ensemble.majority());
    Refine<Question, Answer> refine = Refine.of(PROGRAM, 2, (input, output) -> 1.0).threshold(1.0);
    return List.of(Majority.of(PROGRAM, 3), refine, ensemble);
  }

  @Test
  void runsOnOtherThreadsAreWithinTheRequest() {
    Parallel<Question, Answer> parallel = Parallel.of(PROGRAM);

    inRequest(
        MODEL,
        () -> {
          for (Program<Question, Answer> program : severalRuns()) {
            program.run(new Question("x"));
          }
          return parallel.run(List.of(new Question("a"), new Question("b")));
        });

    assertThat(paths("chat")).hasSizeGreaterThan(5).containsOnly("chat < predict < POST");
  }

  @Test
  void runsOnOtherThreadsAreWithinTheirExample() {
    inRequest(
        MODEL,
        () -> {
          for (Program<Question, Answer> program : severalRuns()) {
            Evaluator.of(data("a", "b"), METRIC).evaluate(program);
          }
          return true;
        });

    assertThat(paths("chat"))
        .hasSizeGreaterThan(7)
        .containsOnly("chat < predict < example < evaluate < POST");
  }

  @Test
  void rowsOfABatchAreWithinItAndAreErrorsWhereThereIsNoAnswer() {
    inRequest(MODEL, () -> BatchRun.of(PROGRAM).run(data("a", "odd question", "c")));

    assertThat(paths("chat"))
        .hasSizeGreaterThan(3)
        .containsOnly("chat < predict < row < batch < POST");
    assertThat(named("batch").get(0).getAttributes().get(GenAi.ROWS)).isEqualTo(3);
    Map<Long, String> errors = new HashMap<>();
    for (SpanData row : named("row")) {
      errors.put(row.getAttributes().get(GenAi.ROW), row.getAttributes().get(GenAi.ERROR_TYPE));
    }
    assertThat(errors).hasSize(3).containsEntry(2L, "UnparsableReplyException");
    assertThat(errors.get(1L)).isNull();
    assertThat(errors.get(3L)).isNull();
  }

  @Test
  void aRowThatEndsItsBatchHasASpanToo() {
    assertThatThrownBy(
            () ->
                inRequest(
                    MODEL,
                    () ->
                        Context.current().toBuilder()
                            .budget(Budget.ofCalls(1))
                            .build()
                            .call(() -> BatchRun.of(PROGRAM).run(data("d", "e", "f", "g")))))
        .isInstanceOf(LmException.BudgetExhausted.class);

    assertThat(named("row"))
        .filteredOn(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
        .isNotEmpty()
        .allMatch(span -> "BudgetExhausted".equals(span.getAttributes().get(GenAi.ERROR_TYPE)));
    assertThat(named("batch").get(0).getAttributes().get(GenAi.ERROR_TYPE))
        .isEqualTo("BudgetExhausted");
  }

  /** Asks for all, and knows when that has come. */
  private static final class Reader implements Flow.Subscriber<StreamPart> {
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(StreamPart part) {}

    @Override
    public void onError(Throwable error) {
      ended.countDown();
    }

    @Override
    public void onComplete() {
      ended.countDown();
    }
  }

  @Test
  void aPublishedRunIsWithinTheRequestThatPublishedIt() throws Exception {
    Reader reader = new Reader();

    inRequest(MODEL, () -> ProgramStream.of(PROGRAM).publish(new Question("x"))).subscribe(reader);

    assertThat(reader.ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(paths("chat")).containsExactly("chat < predict < POST");
  }

  @Test
  void aCallOfAToolWithoutAResultIsAnErrorByItsStatus() {
    Tool search = Tool.of("search", "finds", Query.class, query -> "found");
    Tool broken =
        Tool.of(
            "broken",
            "fails",
            Query.class,
            query -> {
              throw new IllegalStateException("no index");
            });
    Tool forbidden = search.withName("forbidden").permission((tool, arguments) -> false);
    ToolRunner runner = ToolRunner.of(List.of(search, broken, forbidden));
    String query = "{\"query\": \"x\"}";

    inRequest(
        MODEL,
        () ->
            runner
                .start()
                .outcomes(
                    List.of(
                        MessagePart.toolCall("1", "search", query),
                        MessagePart.toolCall("2", "broken", query),
                        MessagePart.toolCall("3", "search", "{}"),
                        MessagePart.toolCall("4", "forbidden", query),
                        MessagePart.toolCall("5", "invented", query))));

    Map<String, String> errors = new HashMap<>();
    for (SpanData span : named("execute_tool")) {
      String error = span.getAttributes().get(GenAi.ERROR_TYPE);
      errors.put(span.getAttributes().get(GenAi.TOOL_CALL_ID), error == null ? "none" : error);
      assertThat(span.getStatus().getStatusCode())
          .isEqualTo(error == null ? StatusCode.UNSET : StatusCode.ERROR);
    }
    assertThat(errors)
        .isEqualTo(
            Map.of(
                "1", "none",
                "2", "failed",
                "3", "bad_arguments",
                "4", "denied",
                "5", "unknown_tool"));
    assertThat(paths("execute_tool")).containsOnly("execute_tool < POST");
    assertThat(spans().toString()).as("words of the model").doesNotContain("invented");
  }
}
