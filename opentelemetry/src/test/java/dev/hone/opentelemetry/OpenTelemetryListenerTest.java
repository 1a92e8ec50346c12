package dev.hone.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.stream.ProgramStream;
import dev.hone.testkit.FlakyModel;
import dev.hone.testkit.ScriptedModel;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenTelemetryListenerTest {
  record Question(String text) {}

  enum Kind {
    GOOD,
    BAD
  }

  record Answer(Kind kind) {}

  private static final Predict<Question, Answer> PROGRAM =
      Predict.of(Question.class, Answer.class, "Is it good?");
  private static final Metric<Question, Answer> METRIC = Metric.exact(Answer::kind);

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
          .build();
  private final OpenTelemetryListener listener = OpenTelemetryListener.of(sdk);
  private final ScriptedModel model =
      ScriptedModel.answering(request -> "GOOD").withId("openai:gpt-test");

  private static Dataset<Question, Answer> data(int count) {
    return Dataset.of(
        IntStream.range(0, count)
            .mapToObj(i -> Example.of(new Question("secret " + i), new Answer(Kind.GOOD)))
            .toList());
  }

  private Context context() {
    return Context.builder().lm(model).listener(listener).build();
  }

  private List<SpanData> named(String prefix) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().startsWith(prefix))
        .toList();
  }

  private SpanData parent(SpanData span) {
    return exporter.getFinishedSpanItems().stream()
        .filter(other -> other.getSpanId().equals(span.getParentSpanId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void makesASpanOfEachPieceOfWorkWithinWhatItIsAPartOf() {
    Span request = sdk.getTracer("app").spanBuilder("POST /tickets").startSpan();
    try (Scope ignored = request.makeCurrent()) {
      context().call(() -> Evaluator.of(data(3), METRIC).maxInFlight(1).evaluate(PROGRAM));
    }
    request.end();

    List<SpanData> calls = named("chat gpt-test");
    assertThat(calls).hasSize(3);
    for (SpanData call : calls) {
      SpanData predictor = parent(call);
      SpanData example = parent(predictor);
      SpanData evaluation = parent(example);
      assertThat(predictor.getName()).startsWith("predict");
      assertThat(example.getName()).isEqualTo("example");
      assertThat(example.getAttributes().get(GenAi.SCORE)).isEqualTo(1.0);
      assertThat(evaluation.getName()).isEqualTo("evaluate");
      assertThat(evaluation.getAttributes().get(GenAi.SCORE)).isEqualTo(1.0);
      assertThat(evaluation.getAttributes().get(GenAi.EXAMPLES)).isEqualTo(3);
      assertThat(parent(evaluation).getName()).isEqualTo("POST /tickets");
    }
    assertThat(listener.open()).isZero();
  }

  record Twice(Predict<Question, Answer> first, Predict<Question, Answer> second)
      implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      first.run(input);
      return second.run(new Question("again " + input.text()));
    }
  }

  @Test
  void aProgramOfSeveralPartsIsOnePieceOfWorkInProduction() {
    Program<Question, Answer> twice =
        Compiled.of(
            new Twice(
                Predict.of(Question.class, Answer.class),
                Predict.of(Question.class, Answer.class)));

    context().call(() -> twice.run(new Question("secret")));
    assertThatThrownBy(() -> context().call(() -> twice.run(null)))
        .isInstanceOf(InvalidInputException.class);

    SpanData program = named("program Twice").get(0);
    assertThat(program.getAttributes().get(GenAi.PROGRAM)).isEqualTo("Twice");
    assertThat(program.getParentSpanContext().isValid()).isFalse();
    assertThat(named("predict"))
        .hasSize(2)
        .allSatisfy(p -> assertThat(parent(p)).isEqualTo(program));
    assertThat(named("program Twice").get(1).getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
    assertThat(listener.open()).isZero();
  }

  @Test
  void aProgramOfOnePredictorIsThatPredictor() {
    Program<Question, Answer> one = Compiled.of(PROGRAM);
    Program<Question, Answer> thinking =
        Compiled.of(ChainOfThought.of(Question.class, Answer.class));

    context().call(() -> one.run(new Question("x")));
    assertThatThrownBy(() -> context().call(() -> thinking.run(new Question("x"))))
        .isInstanceOf(HoneException.class);
    context().call(() -> ProgramStream.of(one).run(new Question("y"), part -> {}));

    assertThat(named("program")).isEmpty();
    assertThat(named("predict")).hasSize(3);
  }

  @Test
  void namesWhatACallIsByTheConventionsAndSaysNothingOfItsContent() {
    context().call(() -> PROGRAM.run(new Question("secret")));

    SpanData call = named("chat").get(0);
    assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    Map<String, Object> attributes =
        call.getAttributes().asMap().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().getKey(), Map.Entry::getValue));
    assertThat(attributes)
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.request.model", "gpt-test")
        .containsEntry("gen_ai.response.model", "scripted")
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.usage.output_tokens", 1L)
        .containsEntry("hone.cached", false)
        .doesNotContainKey("gen_ai.input.messages");
    assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secret");
  }

  @Test
  void addsPromptsAndRepliesWhenAskedTo() {
    Context asked = Context.builder().lm(model).listener(listener.withContent()).build();

    asked.call(() -> PROGRAM.run(new Question("secret")));

    SpanData call = named("chat").get(0);
    assertThat(call.getAttributes().get(GenAi.INPUT_MESSAGES))
        .startsWith("[{\"role\":\"system\",\"parts\":[{\"type\":\"text\"")
        .contains("secret");
    assertThat(call.getAttributes().get(GenAi.OUTPUT_MESSAGES))
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"GOOD\"}],"
                + "\"finish_reason\":\"stop\"}]");
  }

  @Test
  void tellsOfFailedAttemptsAndOfFailedCalls() {
    FlakyModel flaky =
        FlakyModel.failingFirst(
            1, model, () -> new LmException.Unavailable("down", Duration.ofMillis(1), null));
    LmRequest request = LmRequest.of(LmMessage.user("hi"));
    Context.builder().lm(flaky).listener(listener).build().callModel(request);
    Context failing =
        Context.builder()
            .lm(
                LmPipeline.builder(
                        FlakyModel.failingAlways(
                            model, () -> new LmException.Unauthorized("no", null)))
                    .retry(RetrySettings.none())
                    .build())
            .listener(listener)
            .build();
    assertThatThrownBy(() -> failing.callModel(request))
        .isInstanceOf(LmException.Unauthorized.class);

    List<SpanData> calls = named("chat");
    assertThat(calls.get(0).getEvents()).hasSize(1);
    assertThat(calls.get(0).getEvents().get(0).getAttributes().get(GenAi.ERROR_TYPE))
        .isEqualTo("Unavailable");
    assertThat(calls.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(calls.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(calls.get(1).getAttributes().get(GenAi.ERROR_TYPE)).isEqualTo("Unauthorized");
  }

  @Test
  void measuresTheTimeAndTheTokensOfCallsThatWerePaidFor() {
    Context context = context();
    context.call(() -> PROGRAM.run(new Question("a")));
    context.call(() -> PROGRAM.run(new Question("a"))); // from the cache

    Collection<MetricData> all = metrics.collectAllMetrics();

    assertThat(all)
        .extracting(MetricData::getName)
        .containsExactlyInAnyOrder(GenAi.DURATION_METRIC, GenAi.TOKEN_METRIC);
    for (MetricData metric : all) {
      long count =
          metric.getHistogramData().getPoints().stream().mapToLong(p -> p.getCount()).sum();
      assertThat(count).isEqualTo(metric.getName().equals(GenAi.DURATION_METRIC) ? 1 : 2);
    }
  }

  @Test
  void putsTrialsAndStagesOfAnOptimizerUnderItsRun() {
    context()
        .call(
            () -> {
              BootstrapFewShot.defaults().compile(PROGRAM, data(8), METRIC);
              return MiproV2.light().seed(1).compile(PROGRAM, data(30), METRIC);
            });

    assertThat(named("optimize")).isNotEmpty();
    assertThat(named("stage")).isNotEmpty();
    assertThat(named("trial")).isNotEmpty();
    for (SpanData trial : named("trial")) {
      SpanData above = trial;
      while (!above.getName().startsWith("optimize")) {
        above = parent(above);
      }
      assertThat(trial.getAttributes().get(GenAi.TRIAL)).isPositive();
    }
    assertThat(named("propose instruction")).isNotEmpty();
    for (SpanData step : named("propose")) {
      assertThat(parent(step).getName()).startsWith("stage");
      assertThat(step.getAttributes().get(GenAi.PREDICTOR)).isNotNull();
    }
    assertThat(exporter.getFinishedSpanItems())
        .as("nothing that a run does stands beside it")
        .filteredOn(span -> !span.getParentSpanContext().isValid())
        .allMatch(span -> span.getName().startsWith("optimize"))
        .hasSize(2);
    assertThat(listener.open()).isZero();
  }

  @Test
  void knowsTheConventionsNamesOfProviders() {
    assertThat(GenAi.provider("bedrock:a.b:1")).isEqualTo("aws.bedrock");
    assertThat(GenAi.provider("openai-compatible:m@http://h/v1")).isEqualTo("openai-compatible");
    assertThat(GenAi.model("openai-compatible:m@http://h/v1")).isEqualTo("m");
    assertThat(GenAi.model("scripted")).isEqualTo("scripted");
  }
}
