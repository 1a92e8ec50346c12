package dev.hone.metric;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.stats.ObservationTally;
import dev.hone.stats.TallyFormula;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A value of a set by a function of the user's, whose failures name the metric. */
record OwnFormula<I, O>(String name, ToDoubleFunction<List<CorpusMetric.Answered<I, O>>> value)
    implements TallyFormula {
  private static final double LARGEST = 1e100;

  @Override
  public double value(ObservationTally tally) {
    @SuppressWarnings("unchecked") // the observer of such a metric makes nothing else
    List<CorpusMetric.Answered<I, O>> all =
        (List<CorpusMetric.Answered<I, O>>) (List<?>) tally.list();
    double found = of(all);
    if (!(Math.abs(found) <= LARGEST)) {
      throw InvalidInputException.of(
          "The metric \"%s\" gave %s for a set of %d examples, expected a number up to 1e100"
              .formatted(name, found, all.size()),
          "check it for a division by zero; parts and resamples of a set have a value too, in which"
              + " a class may be missing");
    }
    return found;
  }

  private double of(List<CorpusMetric.Answered<I, O>> all) {
    try {
      return value.applyAsDouble(all);
    } catch (HoneException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "The metric \"%s\" failed on a set of %d examples: %s. Maybe it expects an output or a class that is missing in that set."
              .formatted(name, all.size(), e),
          e);
    }
  }
}
