package dev.hone.benchmarks.speed;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Desc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a predictor with four demos: rendering, the pipeline without a cache, a scripted
 * reply, parsing into a record. Every call has an input of its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PredictBenchmark {
  private enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  private enum Policy {
    HARASSMENT,
    HATE,
    SPAM
  }

  private record Snippet(String snippet) {}

  private record Verdict(
      @Desc("overall severity") Severity severity,
      @Desc("zero or more policies") Set<Policy> violations,
      int confidence) {}

  /** Gives the same reply every time. */
  private record ScriptedReply(String text) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return LmResponse.of(text, LmUsage.of(200, 20), id());
    }

    @Override
    public String id() {
      return "scripted";
    }
  }

  private Predict<Snippet, Verdict> predict =
      Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation.");
  private Context context = Context.current();
  private long count;

  /** Gives the predictor its demos, and the context its model. */
  @Setup
  public void prepare() {
    List<Demo> demos = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ObjectNode inputs =
          Json.object().put("snippet", "A snippet of about a dozen words, which is number " + i);
      ObjectNode outputs = Json.object().put("severity", "LOW");
      outputs.putArray("violations").add("SPAM");
      outputs.put("confidence", 7);
      demos.add(new Demo(inputs, outputs, Demo.Origin.LABELED, ""));
    }
    predict = predict.withDemos(demos);
    String reply =
        """
        [[ ## severity ## ]]
        HIGH

        [[ ## violations ## ]]
        ["HARASSMENT", "HATE"]

        [[ ## confidence ## ]]
        9

        [[ ## completed ## ]]""";
    context =
        Context.builder()
            .lm(LmPipeline.builder(new ScriptedReply(reply)).noCache().build())
            .build();
  }

  /** Runs the predictor once. */
  @Benchmark
  public Object predict() {
    Snippet input = new Snippet("You had better leave this place, all of you, number " + count++);
    return context.call(() -> predict.run(input));
  }
}
