package dev.hone.benchmarks.observability;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.examples.ModerationTask.Snippet;
import dev.hone.examples.ModerationTask.Verdict;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.local.EmbeddedModel;
import dev.hone.metric.Metric;
import dev.hone.opentelemetry.OpenTelemetryListener;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.Predict;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An optimizer's run on the demo's data with the embedded model, whose spans and metrics go over
 * OTLP to a collector, or to Jaeger, which listens for the same. Prints how many calls the model
 * itself counted, for {@link CollectedSpans} to compare with.
 */
public final class TracedRun {
  private static final int TRAIN = 40;

  /**
   * An embedded model answers thousands of calls a second, more than the default of 2,048 holds.
   */
  private static final int MOST_WAITING = 200_000;

  private TracedRun() {}

  /** The model, which counts its calls by itself. */
  private static final class Counted extends ForwardingLanguageModel {
    private final AtomicLong calls = new AtomicLong();

    Counted(LanguageModel model) {
      super(model);
    }

    @Override
    public LmResponse call(LmRequest request) {
      calls.incrementAndGet();
      return super.call(request);
    }
  }

  /**
   * Runs it.
   *
   * @param args where the collector listens, such as http://127.0.0.1:4318, and the folder of
   *     train.jsonl
   */
  public static void main(String[] args) {
    Counted model = new Counted(EmbeddedModel.load());
    try (OpenTelemetrySdk telemetry = telemetry(args[0])) {
      Span job = telemetry.getTracer("nightly").spanBuilder("nightly tuning").startSpan();
      try (Scope scope = job.makeCurrent()) {
        optimize(model, telemetry, Path.of(args[1]));
      } finally {
        job.end();
      }
    }
    System.out.println("model-calls " + model.calls.get());
  }

  private static void optimize(LanguageModel model, OpenTelemetrySdk telemetry, Path data) {
    Context context =
        Context.builder().lm(model).listener(OpenTelemetryListener.of(telemetry)).build();
    Predict<Snippet, Verdict> classify =
        Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation.");
    Dataset<Snippet, Verdict> trainset =
        Dataset.ofJsonl(data.resolve("train.jsonl"), classify.signature()).first(TRAIN);
    Metric<Snippet, Verdict> metric =
        Metric.mean(
            Metric.exact("severity", Verdict::severity),
            Metric.jaccard("violations", Verdict::violations));
    var tuned = context.call(() -> MiproV2.light().seed(42).compile(classify, trainset, metric));
    System.out.println(tuned.report().summary());
  }

  private static OpenTelemetrySdk telemetry(String endpoint) {
    Resource resource =
        Resource.getDefault()
            .merge(Resource.create(Attributes.builder().put("service.name", "tuning").build()));
    BatchSpanProcessor spans =
        BatchSpanProcessor.builder(
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build())
            .setMaxQueueSize(MOST_WAITING)
            .build();
    PeriodicMetricReader metrics =
        PeriodicMetricReader.create(
            OtlpHttpMetricExporter.builder().setEndpoint(endpoint + "/v1/metrics").build());
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder().setResource(resource).addSpanProcessor(spans).build())
        .setMeterProvider(
            SdkMeterProvider.builder().setResource(resource).registerMetricReader(metrics).build())
        .build();
  }
}
