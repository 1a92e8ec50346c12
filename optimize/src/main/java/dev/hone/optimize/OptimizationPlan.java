package dev.hone.optimize;

import dev.hone.context.Budget;
import dev.hone.price.Money;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run of an optimizer will do and cost at most, known before any call is made. Immutable.
 * Optimizers that have more to say extend it.
 */
public class OptimizationPlan {
  /** A bound that the optimizer does not know. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  private final String optimizer;
  private final int trainExamples;
  private final int validationExamples;
  private final long maxProgramRuns;
  private final long maxProposerCalls;
  private final @Nullable Double temperature;
  private final List<String> notes;
  private final List<PlannedStage> stages;
  private final @Nullable PlannedStage least;

  /** A plan with the numbers of another one, for plans that have more to say. */
  protected OptimizationPlan(OptimizationPlan from) {
    optimizer = from.optimizer;
    trainExamples = from.trainExamples;
    validationExamples = from.validationExamples;
    maxProgramRuns = from.maxProgramRuns;
    maxProposerCalls = from.maxProposerCalls;
    temperature = from.temperature;
    notes = from.notes;
    stages = from.stages;
    least = from.least;
  }

  private OptimizationPlan(Builder from) {
    optimizer = from.optimizer;
    trainExamples = from.trainExamples;
    validationExamples = from.validationExamples;
    maxProgramRuns = from.maxProgramRuns;
    maxProposerCalls = from.maxProposerCalls;
    temperature = from.temperature;
    notes = List.copyOf(from.notes);
    stages = List.copyOf(from.stages);
    least = from.least;
  }

  /** A builder for an optimizer of this name; no examples, and bounds that are not known. */
  public static Builder builder(String optimizer) {
    return new Builder(optimizer);
  }

  /** The optimizer's name. */
  public String optimizer() {
    return optimizer;
  }

  /** Examples to learn from. */
  public int trainExamples() {
    return trainExamples;
  }

  /** Examples to choose by; 0 if the optimizer does not choose by examples of their own. */
  public int validationExamples() {
    return validationExamples;
  }

  /** The most runs of the program where every example can be scored; {@link #UNKNOWN} if not. */
  public long maxProgramRuns() {
    return maxProgramRuns;
  }

  /** The most calls of the model that proposes; {@link #UNKNOWN} if that is not known. */
  public long maxProposerCalls() {
    return maxProposerCalls;
  }

  /**
   * What each stage costs, in their order; empty for an optimizer that does not know, and for one
   * that makes no call.
   */
  public List<PlannedStage> stages() {
    return stages;
  }

  /** The fewest calls of all stages, under the conditions of {@link PlannedStage}. */
  public long minCalls() {
    return stages.stream().mapToLong(PlannedStage::minCalls).sum();
  }

  /**
   * The most calls of all stages, see {@link PlannedStage}; {@link #UNKNOWN} if one has no bound.
   */
  public long maxCalls() {
    return stages.isEmpty() && maxProgramRuns != 0 ? UNKNOWN : most(PlannedStage::maxCalls);
  }

  /** The fewest tokens of all stages, as estimated. */
  public long minTokens() {
    return stages.stream().mapToLong(PlannedStage::minTokens).sum();
  }

  /** The most tokens of all stages, as estimated; {@link #UNKNOWN} if one has no bound. */
  public long maxTokens() {
    return stages.isEmpty() && maxProgramRuns != 0 ? UNKNOWN : most(PlannedStage::maxTokens);
  }

  private long most(ToLongFunction<PlannedStage> bound) {
    boolean unknown = stages.stream().anyMatch(stage -> bound.applyAsLong(stage) == UNKNOWN);
    return unknown ? UNKNOWN : stages.stream().mapToLong(bound).sum();
  }

  /**
   * The least money of all stages, as estimated; a lower bound where a model has no price, so that
   * its calls are counted in tokens only.
   */
  public Money minMoney() {
    return money(PlannedStage::minMoney);
  }

  /** The most money of all stages, as estimated; as {@link #minMoney} where a price is missing. */
  public Money maxMoney() {
    return money(PlannedStage::maxMoney);
  }

  private Money money(Function<PlannedStage, Optional<Money>> bound) {
    if (stages.isEmpty() && maxProgramRuns != 0) {
      return Money.UNKNOWN;
    }
    return stages.stream()
        .filter(stage -> stage.maxCalls() > 0)
        .map(stage -> bound.apply(stage).orElse(Money.UNKNOWN))
        .reduce(Money.NONE, Money::plus);
  }

  /** The least calls of models that give a result, see {@link #requireWithin}; 0 for none. */
  public long leastCalls() {
    return least == null ? 0 : least.minCalls();
  }

  /**
   * Checks that what is left of a budget suffices for the least result of such a run: the baseline
   * and one full evaluation, or one run of a teacher for optimizers that do not evaluate. Calls are
   * counted exactly, one for each run of the program; tokens and money by the lower bound of their
   * estimates. Optimizers call it before their first call of a model.
   *
   * @throws dev.hone.InvalidInputException if the budget is too small; says what is needed
   */
  public void requireWithin(Budget budget) {
    if (least != null) {
      new BudgetCheck(optimizer, least).require(budget);
    }
  }

  /**
   * The temperature that the context or its model sets for the program's calls; null if neither
   * does. Servers then choose their own, llama.cpp 0.8, and equal calls may have different replies.
   */
  public @Nullable Double temperature() {
    return temperature;
  }

  /** What is to be said of the temperature where the program is run, in a phrase. */
  protected final String temperatureInWords() {
    if (maxProgramRuns == 0) {
      return "";
    }
    return temperature == null
        ? "; no temperature is set, so servers choose their own (llama.cpp 0.8)"
        : "; temperature " + temperature;
  }

  /** What the task or the settings did not expect, in sentences. */
  public List<String> notes() {
    return notes;
  }

  /** The numbers in a line, and a line per note. */
  @Override
  public String toString() {
    return "%s: %s to learn from, %s to choose by; at most %s of the program, each a model call or more per predictor, and %s of the proposer"
            .formatted(
                optimizer,
                Plural.of(trainExamples, "example"),
                validationExamples == 0 ? "none" : validationExamples,
                maxProgramRuns == UNKNOWN
                    ? "an unknown number of runs"
                    : Plural.of(maxProgramRuns, "run"),
                maxProposerCalls == UNKNOWN ? "an unknown number" : maxProposerCalls)
        + temperatureInWords()
        + stagesInWords()
        + notes.stream()
            .map(note -> System.lineSeparator() + "note: " + note)
            .collect(Collectors.joining());
  }

  /** A line per stage, and one with the sum; empty if there are none. */
  protected final String stagesInWords() {
    if (stages.isEmpty()) {
      return "";
    }
    String line = System.lineSeparator() + "  ";
    String all =
        maxTokens() == UNKNOWN
            ? ""
            : PlannedStage.cost(minTokens(), maxTokens(), known(minMoney()), known(maxMoney()));
    return stages.stream().map(stage -> line + stage).collect(Collectors.joining())
        + line
        + "in all: "
        + PlannedStage.calls(minCalls(), maxCalls())
        + all;
  }

  private static @Nullable Money known(Money money) {
    return money.known() || money.leastUsd().signum() > 0 ? money : null;
  }

  /** Builds plans; each method sets what its name says. Not thread-safe. */
  public static final class Builder {
    private final String optimizer;
    private int trainExamples;
    private int validationExamples;
    private long maxProgramRuns = UNKNOWN;
    private long maxProposerCalls = UNKNOWN;
    private @Nullable Double temperature;
    private final List<String> notes = new ArrayList<>();
    private final List<PlannedStage> stages = new ArrayList<>();
    private @Nullable PlannedStage least;

    private Builder(String optimizer) {
      this.optimizer = optimizer;
    }

    /** Examples to learn from. */
    public Builder trainExamples(int value) {
      trainExamples = value;
      return this;
    }

    /** Examples to choose by. */
    public Builder validationExamples(int value) {
      validationExamples = value;
      return this;
    }

    /** The most runs of the program. */
    public Builder maxProgramRuns(long value) {
      maxProgramRuns = value;
      return this;
    }

    /** The most calls of the model that proposes. */
    public Builder maxProposerCalls(long value) {
      maxProposerCalls = value;
      return this;
    }

    /** The temperature of the program's calls; null, the default, where none is set. */
    public Builder temperature(@Nullable Double value) {
      temperature = value;
      return this;
    }

    /** Adds notes, in sentences. */
    public Builder notes(List<String> sentences) {
      notes.addAll(sentences);
      return this;
    }

    /** Adds a stage, in the order of the stages. */
    public Builder stage(PlannedStage value) {
      stages.add(value);
      return this;
    }

    /** The least that gives a result, of which the lower bounds count; default: nothing. */
    public Builder least(PlannedStage value) {
      least = value;
      return this;
    }

    /** Makes the plan. */
    public OptimizationPlan build() {
      return new OptimizationPlan(this);
    }
  }
}
