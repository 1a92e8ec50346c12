package dev.hone.optimize.bootstrap;

import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The number of demos of each predictor, in all and by their origin; where a predictor has several
 * demo sets to choose from, the most that one of them has. Not thread-safe.
 */
public final class DemoCounts {
  private final Map<String, Integer> all = new LinkedHashMap<>();
  private final Map<Demo.Origin, Map<String, Integer>> byOrigin = new LinkedHashMap<>();

  /** Counts the demos of a program. */
  public DemoCounts take(ProgramState state) {
    state.byPredictor().forEach((name, predictor) -> take(name, predictor.demos()));
    return this;
  }

  /** Counts one demo set of a predictor. */
  public DemoCounts take(String predictor, List<Demo> demos) {
    all.merge(predictor, demos.size(), Math::max);
    for (Demo.Origin origin : Demo.Origin.values()) {
      int count = (int) demos.stream().filter(demo -> demo.origin() == origin).count();
      byOrigin
          .computeIfAbsent(origin, it -> new LinkedHashMap<>())
          .merge(predictor, count, Math::max);
    }
    return this;
  }

  /** The demos of each predictor. */
  public Map<String, Integer> all() {
    return all;
  }

  /** Those of one origin. */
  public Map<String, Integer> of(Demo.Origin origin) {
    return byOrigin.getOrDefault(origin, Map.of());
  }
}
