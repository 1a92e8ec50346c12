package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.random.RandomSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Goes through a small space in shuffled order; what failed comes again after all others. */
final class EnumeratingSampler implements Sampler {
  private final Deque<Configuration> queue;

  EnumeratingSampler(SearchSpace space, RandomGenerator random) {
    List<Configuration> all = new ArrayList<>();
    for (long position = 0; position < space.size(); position++) {
      all.add(space.at(position));
    }
    queue = new ArrayDeque<>(RandomSource.shuffled(all, new Random(random.nextLong())));
  }

  @Override
  public Suggestion suggest(SamplingState state) {
    while (true) {
      Configuration next = queue.removeFirst();
      queue.addLast(next);
      if (state.isOpen(next)) {
        return new Suggestion(next, EvaluationRequest.Choice.ENUMERATED);
      }
    }
  }
}
