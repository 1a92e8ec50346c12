package dev.hone.optimize.propose;

import dev.hone.data.Example;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.signature.Desc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Summarizes a dataset: looks at it batch by batch, adding to its observations until a batch has
 * nothing new, then says them in a few sentences. If nothing was observed, the summary is empty. A
 * batch that fails is looked at again after all others, and the summary is asked for again.
 *
 * <p>Cost: one call per batch, at most {@link #MOST_BATCHES}, and one for the summary; {@link
 * Retry#MOST} more for either where calls fail.
 */
final class DatasetSummarizer implements Program<DatasetSummarizer.Batches, String> {
  /** The most batches that are looked at. */
  static final int MOST_BATCHES = 10;

  private final int tries;

  private final Predict<Batch, Observation> observe =
      Predict.of(
          Batch.class,
          Observation.class,
          "Study these labelled examples of a task. Say what they show: the topics and the style of the"
              + " inputs, and for each value that a label takes, what the inputs with it have in"
              + " common. Add to the earlier observations, do not repeat them.");

  private final Predict<Observations, Summary> summarize =
      Predict.of(
          Observations.class,
          Summary.class,
          "Condense the observations about a dataset into a short summary. Keep what helps somebody who"
              + " has to label new inputs: what the inputs are, and what each label value means.");

  /**
   * A summarizer.
   *
   * @param tries how often this was tried before, so that draws are others
   */
  DatasetSummarizer(int tries) {
    this.tries = tries;
  }

  /**
   * The examples, already cut into batches.
   *
   * @param failures takes what stopped the look at the data when something was observed by then
   */
  record Batches(List<List<Example<?, ?>>> batches, Consumer<Throwable> failures) {}

  record Batch(
      @Desc("labelled examples, one line per field") String examples,
      @Desc("what was observed before; may be empty") String earlierObservations) {}

  record Observation(
      @Desc("what these examples show beyond the earlier observations") String observations,
      @Desc("whether these examples show nothing new") boolean nothingToAdd) {}

  record Observations(@Desc("observations about the dataset") String observations) {}

  record Summary(@Desc("the summary, a few sentences") String summary) {}

  private Observation observe(List<Example<?, ?>> batch, StringBuilder earlier) {
    return observe.run(new Batch(ExampleText.ofExamples(batch), earlier.toString().strip()));
  }

  @Override
  public String run(Batches input) {
    String all = observations(input);
    return all.isEmpty() ? "" : Truncation.to(Truncation.REPLY, summary(all).strip());
  }

  private String observations(Batches input) {
    StringBuilder observations = new StringBuilder();
    int most = Math.min(MOST_BATCHES, input.batches().size());
    Deque<List<Example<?, ?>>> open = new ArrayDeque<>(input.batches().subList(0, most));
    boolean first = true;
    for (int failures = 0; !open.isEmpty(); ) {
      List<Example<?, ?>> batch = open.removeFirst();
      try {
        Observation seen = Retry.after(tries + failures).call(() -> observe(batch, observations));
        if (!first && seen.nothingToAdd()) {
          break;
        }
        first = false;
        String text = Truncation.to(Truncation.REPLY, seen.observations().strip());
        observations.append(text).append(text.isEmpty() ? "" : "\n");
      } catch (RuntimeException | Error e) {
        open.addLast(batch);
        if (Retry.givesUp(e, ++failures)) {
          if (observations.isEmpty() || Retry.endsRun(e)) {
            throw e;
          }
          input.failures().accept(e);
          break;
        }
      }
    }
    return observations.toString().strip();
  }

  private String summary(String observations) {
    for (int failures = 0; ; failures++) {
      try {
        return Retry.after(tries + failures)
            .call(() -> summarize.run(new Observations(observations)).summary());
      } catch (RuntimeException | Error e) {
        if (Retry.givesUp(e, failures + 1)) {
          throw e;
        }
      }
    }
  }
}
