package dev.hone.optimize;

import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
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

  /** A plan with the numbers of another one, for plans that have more to say. */
  protected OptimizationPlan(OptimizationPlan from) {
    optimizer = from.optimizer;
    trainExamples = from.trainExamples;
    validationExamples = from.validationExamples;
    maxProgramRuns = from.maxProgramRuns;
    maxProposerCalls = from.maxProposerCalls;
    temperature = from.temperature;
    notes = from.notes;
  }

  private OptimizationPlan(Builder from) {
    optimizer = from.optimizer;
    trainExamples = from.trainExamples;
    validationExamples = from.validationExamples;
    maxProgramRuns = from.maxProgramRuns;
    maxProposerCalls = from.maxProposerCalls;
    temperature = from.temperature;
    notes = List.copyOf(from.notes);
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
        + notes.stream()
            .map(note -> System.lineSeparator() + "note: " + note)
            .collect(Collectors.joining());
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

    /** Makes the plan. */
    public OptimizationPlan build() {
      return new OptimizationPlan(this);
    }
  }
}
