package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Router;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run on a model that fails in ten ways, or reads its prompts in part only. */
class FlakyModelTest {
  /** Faults that are worth a retry, that are not, and bad replies; fixed by request and attempt. */
  private static final class Faults extends ForwardingLanguageModel {
    private final long seed;
    private final Map<LmRequest, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    Faults(LanguageModel model, long seed) {
      super(model);
      this.seed = seed;
    }

    @Override
    @SuppressWarnings("NullAway")
    public LmResponse call(LmRequest request) {
      calls.incrementAndGet();
      int attempt = attempts.computeIfAbsent(request, r -> new AtomicInteger()).incrementAndGet();
      long hash = 31 * seed + request.options().rolloutId();
      for (LmMessage message : request.messages()) {
        hash = 31 * hash + message.text().hashCode();
      }
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(hash).nextLong() + attempt);
      if (random.nextDouble() >= 0.3) {
        return paid(super.call(request));
      }
      faults.incrementAndGet();
      int kind = random.nextInt(10);
      return switch (kind) {
        case 0, 1 -> throw new LmException.RateLimited("429", Duration.ofMillis(1), null);
        case 2, 3 -> throw new LmException.Unavailable("503", null, null);
        case 4 -> throw new LmException.TimedOut("timeout", null);
        case 5 -> throw new LmException.ContentRefused("filter", null);
        case 6 -> throw new IllegalStateException("bug in the client");
        case 7 -> null;
        case 8 -> paid(super.call(request).toBuilder().text("I'm sorry.").build());
        default -> paid(cutOff(super.call(request)));
      };
    }

    private static LmResponse cutOff(LmResponse good) {
      String half = good.text().substring(0, good.text().length() / 2);
      return good.toBuilder().text(half).stopReason(LmResponse.StopReason.LENGTH).build();
    }

    private LmResponse paid(LmResponse response) {
      tokens.addAndGet(response.usage().totalTokens());
      return response;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRunOnAModelThatFailsInTenWaysFindsWhatThereIsAndKeepsItsAccounts(long seed) {
    RuleModel clean =
        RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9));
    Faults faulty = new Faults(clean, seed);
    RetrySettings retry =
        RetrySettings.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    Context context = Context.builder().lm(LmPipeline.builder(faulty).retry(retry).build()).build();

    Optimized<Ticket, Route, MiproV2Report> tuned =
        context.call(
            () ->
                MiproV2.light()
                    .seed(seed)
                    .search(RacingSearch.defaults().budgetFraction(1).pointsPerThousandTokens(0))
                    .compile(
                        OptimizationTask.of(
                            new Router(), Tickets.data(0, 60, "quartz"), Tickets.metric())));
    MiproV2Report report = tuned.report();

    assertThat(faulty.faults.get()).isGreaterThan(10);
    assertThat(report.spend().lmCalls()).isEqualTo(faulty.calls.get());
    assertThat(report.spend().usage().totalTokens()).isEqualTo(faulty.tokens.get());
    assertThat(report.instructions().get("route")).hasSize(report.plan().instructionCandidates());
    double score =
        Contexts.of(clean)
            .call(
                () ->
                    Evaluator.of(Tickets.data(100, 160, "quartz"), Tickets.metric())
                        .evaluate(tuned))
            .score();
    assertThat(score).isGreaterThan(0.8);
  }

  /** Keeps the last 512 tokens of a prompt, silently, and so loses the layout before long demos. */
  private static ScriptedModel cuttingPrompts() {
    return ScriptedModel.replying(
        request -> {
          String all =
              request.messages().stream().map(m -> m.text() + "\n").reduce("", String::concat);
          int read = Math.min(all.length(), 512 * 4);
          String seen = all.substring(all.length() - read);
          String label = seen.contains("Fill in the output fields") ? "red" : "wrong";
          return LmResponse.of(
              "[[ ## label ## ]]\n" + label + "\n\n[[ ## completed ## ]]",
              LmUsage.of(read / 4, 10),
              "small-window");
        });
  }

  private static Dataset<Ticket, Route> longTickets() {
    String filler = " lorem ipsum dolor sit amet".repeat(20);
    return Dataset.of(
        IntStream.range(0, 40)
            .mapToObj(i -> Example.of(new Ticket("ticket " + i + filler), new Route("red")))
            .toList());
  }

  @Test
  void demosThatAServerCutsOffAreTheNotedCauseOfALowScore() {
    Dataset<Ticket, Route> data = longTickets();
    Context context = Contexts.of(cuttingPrompts());

    var plain = context.call(() -> Evaluator.of(data, Tickets.metric()).evaluate(new Router()));
    var shown = context.call(() -> LabeledFewShot.defaults().compile(new Router(), data));
    var few = context.call(() -> Evaluator.of(data, Tickets.metric()).evaluate(shown));

    assertThat(plain.score()).isEqualTo(1);
    assertThat(plain.notes()).noneMatch(note -> note.contains("only a part of the prompts"));
    assertThat(few.score()).isZero();
    assertThat(few.notes())
        .anyMatch(
            note ->
                note.contains("seems to have read only a part of the prompts")
                    && note.contains("raise the server's context window"));
  }

  @Test
  void reportsSayTooThatAServerCutPrompts() {
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Router(), longTickets(), Tickets.metric());
    ScriptedModel model = cuttingPrompts();

    List<String> notes =
        Contexts.of(model)
            .call(() -> MiproV2.light().maxLabeledDemos(16).instructionCandidates(1).compile(task))
            .report()
            .notes();

    assertThat(notes)
        .anyMatch(
            note ->
                note.startsWith("Over all evaluations: The server of ")
                    && note.contains("only a part of the prompts"));
  }
}
