package dev.hone.optimize.run;

import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LmUsage;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.PlannedStage;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.price.reserve.RequestTokens;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Estimates what stages of a run cost, from requests that are rendered for the shortest and the
 * longest example and never sent. Immutable. Makes no call.
 *
 * <p>A prompt has at least half of the estimated tokens of the shortest one, and at most one and a
 * half times those of the longest with all demos that it may get and 600 tokens more of
 * instructions. A reply has at least one token, at most {@code maxTokens} where that is set, else
 * 512. Inputs of a predictor that no example has are taken for 200 letters.
 */
public final class PlannedCosts {
  private static final double LEAST_SHARE = 0.5;
  private static final double MOST_SHARE = 1.5;
  private static final long LONGER_INSTRUCTIONS = 600;
  private static final long LONGEST_REPLY = 512;
  private static final long FRAME_OF_PROPOSAL = 4_000;
  private static final long LONGEST_PROPOSAL = 2_048;
  private static final long SHORTEST_PROMPT = 20;
  private static final int UNSEEN_INPUT = 200;

  private final Context context;
  private final int predictors;
  private final LmUsage leastCall;
  private final LmUsage mostRun;
  private final double mostExample;

  private PlannedCosts(
      Context context, int predictors, LmUsage leastCall, LmUsage mostRun, double mostExample) {
    this.context = context;
    this.predictors = predictors;
    this.leastCall = leastCall;
    this.mostRun = mostRun;
    this.mostExample = mostExample;
  }

  /**
   * The costs of runs of a program on examples.
   *
   * @param program that is run, such as the student or a teacher
   * @param examples of the task, of which the shortest and the longest are rendered
   * @param context whose model runs it
   */
  public static PlannedCosts of(Program<?, ?> program, Dataset<?, ?> examples, Context context) {
    List<Example<?, ?>> ends = shortestAndLongest(examples);
    return context.call(() -> rendered(program, ends, context));
  }

  /** The costs of runs of the student of a task. */
  public static PlannedCosts of(OptimizationTask<?, ?> task, Context context) {
    return of(task.student(), task.trainset(), context);
  }

  private static PlannedCosts rendered(
      Program<?, ?> program, List<Example<?, ?>> ends, Context context) {
    ProgramRunner<?, ?> runner = new ProgramRunner<>(program);
    List<Long> shortest = new ArrayList<>();
    long longest = 0;
    for (String predictor : runner.predictors().byName().keySet()) {
      shortest.add(promptTokens(runner, predictor, ends.get(0)));
      longest += promptTokens(runner, predictor, ends.get(1));
    }
    long least = shortest.stream().min(Comparator.naturalOrder()).orElse(SHORTEST_PROMPT);
    int predictors = shortest.size();
    return new PlannedCosts(
        context,
        predictors,
        LmUsage.of(Math.round(LEAST_SHARE * least), 1),
        LmUsage.of(longest, predictors * longestReply(context, LONGEST_REPLY)),
        size(ends.get(1)));
  }

  private static long longestReply(Context context, long otherwise) {
    @Nullable Integer limit = context.options().maxTokens();
    return limit == null ? otherwise : limit;
  }

  private static List<Example<?, ?>> shortestAndLongest(Dataset<?, ?> examples) {
    List<Example<?, ?>> sorted = new ArrayList<>(examples.examples());
    sorted.sort(Comparator.comparingDouble(PlannedCosts::size));
    return List.of(sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static double size(Example<?, ?> example) {
    double input = RequestTokens.ofText(Json.write(example.inputJson()));
    return example.hasLabel()
        ? input + RequestTokens.ofText(Json.write(example.expectedJson()))
        : input;
  }

  /** What one call of a predictor sends on an example. */
  private static long promptTokens(
      ProgramRunner<?, ?> runner, String predictor, Example<?, ?> example) {
    ObjectNode inputs = Json.object();
    var predict = runner.predictors().byName().get(predictor);
    if (predict != null) {
      predict
          .signature()
          .inputFields()
          .forEach(f -> inputs.set(f.name(), value(f.name(), example)));
    }
    try {
      return RequestTokens.of(runner.render(runner.predictors().initialState(), predictor, inputs));
    } catch (RuntimeException notRendered) {
      // An input that only the program's code makes, such as a list, cannot be made up.
      double ofState = EstimatedTokens.ofState(runner.predictors().initialState());
      return Math.round(ofState + size(example));
    }
  }

  private static JsonNode value(String field, Example<?, ?> example) {
    JsonNode known = example.inputJson().path(field);
    if (known.isMissingNode() && example.hasLabel()) {
      known = example.expectedJson().path(field);
    }
    return known.isMissingNode() ? Json.object().stringNode("x".repeat(UNSEEN_INPUT)) : known;
  }

  /** The number of predictors, each of which a run is taken to call once at most. */
  public int predictors() {
    return predictors;
  }

  /** The formula of a number of runs, such as {@code 20 examples x 2 predictors}. */
  public String formula(String runs) {
    return "%s x %s".formatted(runs, Plural.of(predictors, "predictor"));
  }

  /**
   * A stage of runs of the program, each with a call at least, and one per predictor at most.
   *
   * @param runs how the runs come about, in a formula
   * @param mostDemos the most demos that a prompt may be given in it
   */
  public PlannedStage runs(String name, String runs, long minRuns, long maxRuns, int mostDemos) {
    double perRun =
        mostRun.promptTokens() + predictors * (LONGER_INSTRUCTIONS + mostDemos * mostExample);
    LmUsage most =
        LmUsage.of(Math.round(MOST_SHARE * perRun * maxRuns), mostRun.completionTokens() * maxRuns);
    PlannedStage stage = PlannedStage.of(name, formula(runs), minRuns, maxRuns * predictors);
    return priced(stage, times(leastCall, minRuns), most, context);
  }

  /**
   * A stage of calls that propose, whose prompts are made of what the run finds.
   *
   * @param prompts the context of the model that proposes
   * @param shownExamples the most examples that a prompt shows
   */
  public PlannedStage proposals(PlannedStage calls, Context prompts, int shownExamples) {
    long prompt = FRAME_OF_PROPOSAL + Math.round(MOST_SHARE * shownExamples * mostExample);
    LmUsage most =
        LmUsage.of(
            prompt * calls.maxCalls(), longestReply(prompts, LONGEST_PROPOSAL) * calls.maxCalls());
    return priced(calls, times(LmUsage.of(SHORTEST_PROMPT, 1), calls.minCalls()), most, prompts);
  }

  private static LmUsage times(LmUsage usage, long calls) {
    return LmUsage.of(usage.promptTokens() * calls, usage.completionTokens() * calls);
  }

  private static PlannedStage priced(
      PlannedStage stage, LmUsage least, LmUsage most, Context context) {
    PlannedStage counted = stage.withTokens(least.totalTokens(), most.totalTokens());
    return price(context)
        .map(it -> counted.withMoney(cached(it, least), it.of(most)))
        .orElse(counted);
  }

  /** Without a model, no price; a plan can be made all the same. */
  private static Optional<Price> price(Context context) {
    try {
      return context.prices().of(context.lm());
    } catch (MissingModelException e) {
      return Optional.empty();
    }
  }

  /** The least that tokens cost: all of the prompt may be in the provider's cache. */
  private static Money cached(Price price, LmUsage usage) {
    Money cached = price.of(usage.toBuilder().cachedPromptTokens(usage.promptTokens()).build());
    Money plain = price.of(usage);
    return cached.leastUsd().compareTo(plain.leastUsd()) < 0 ? cached : plain;
  }

  /** Stages as one: the least that they cost together, with a formula of their own. */
  public static PlannedStage least(String formula, List<PlannedStage> stages) {
    long calls = stages.stream().mapToLong(PlannedStage::minCalls).sum();
    long tokens = stages.stream().mapToLong(PlannedStage::minTokens).sum();
    Money money =
        stages.stream()
            .map(stage -> stage.minMoney().orElse(Money.NONE))
            .reduce(Money.NONE, Money::plus);
    return PlannedStage.of("least", formula, calls, calls)
        .withTokens(tokens, tokens)
        .withMoney(money, money);
  }
}
