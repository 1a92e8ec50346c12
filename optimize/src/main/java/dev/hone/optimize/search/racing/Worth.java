package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.KnowledgeGradient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What more blocks of each contender are worth beside what they cost. */
final class Worth {
  /**
   * The next blocks of a configuration.
   *
   * @param configuration which one
   * @param gain by how much the score of what is returned can be expected to rise
   * @param tokens what it costs
   */
  record Offer(Configuration configuration, double gain, double tokens) {
    /** The expected gain of a token. */
    double rate() {
      return gain / tokens;
    }
  }

  private final KnowledgeGradient gradient;
  private final ExampleOrder order;
  private final ToDoubleFunction<Configuration> tokensPerRun;

  Worth(
      KnowledgeGradient gradient,
      ExampleOrder order,
      ToDoubleFunction<Configuration> tokensPerRun) {
    this.gradient = gradient;
    this.order = order;
    this.tokensPerRun = tokensPerRun;
  }

  /**
   * The best offer of each contender that lacks blocks: one block, or two, four, ... and all, as
   * far as the examples go that may be spent. The best first.
   *
   * @param contenders in the order of the gradient
   * @param asked how many blocks a configuration was given
   * @param examples how many may be evaluated; a single block always may
   */
  List<Offer> offers(
      List<Configuration> contenders, Function<Configuration, Integer> asked, long examples) {
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      int from = asked.apply(contenders.get(i));
      if (from < order.blockCount()) {
        offers.add(best(i, contenders.get(i), from, examples));
      }
    }
    offers.sort(Comparator.comparingDouble(Offer::rate).reversed());
    return offers;
  }

  private Offer best(int place, Configuration configuration, int from, long examples) {
    double tokens = Math.max(1, tokensPerRun.applyAsDouble(configuration));
    Offer best = offer(place, configuration, from, from + 1, tokens);
    for (int blocks = 2; from + blocks / 2 < order.blockCount(); blocks *= 2) {
      int to = Math.min(order.blockCount(), from + blocks);
      if (order.examples(from, to) > examples) {
        break;
      }
      Offer more = offer(place, configuration, from, to, tokens);
      best = more.rate() > best.rate() ? more : best;
    }
    return best;
  }

  private Offer offer(int place, Configuration configuration, int from, int to, double tokens) {
    int examples = order.examples(from, to);
    return new Offer(configuration, gradient.gain(place, examples), tokens * examples);
  }
}
