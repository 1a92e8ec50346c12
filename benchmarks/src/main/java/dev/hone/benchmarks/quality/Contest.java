package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The plays of all players on one surface.
 *
 * @param surface the surface
 * @param reference the reference's mean play
 * @param others the mean play of each other player that plays to its end, by name
 * @param curve racing without completions: its state at each of {@link #FRACTIONS} of the
 *     reference's distinct calls
 * @param judged what each play of racing by default said of itself
 */
record Contest(
    Surface surface,
    Played reference,
    Map<String, Played> others,
    List<Played> curve,
    List<Judged> judged) {
  /** Shares of the reference's calls at which racing's state is noted. */
  static final List<Double> FRACTIONS =
      List.of(0.05, 0.10, 0.15, 0.20, 0.25, 0.33, 0.50, 0.75, 1.00);

  /** Racing as it is by default: all calls count, completions included. */
  static final String RACING = "racing, default";

  /** What MIPROv2 has in flight by default. */
  private static final int IN_FLIGHT = 2;

  private static final int RACING_REPEATS = 4;

  private static final int REFERENCE_REPEATS = 6;
  private static final int REPEATS = 2;

  /** The mean play of a player by name. */
  Played play(String player) {
    return Objects.requireNonNull(others.get(player), player);
  }

  static Contest on(Surface surface) {
    Played reference = mean(REFERENCE_REPEATS, seed -> ReferencePlayer.play(surface, seed));
    Map<String, Played> others = new TreeMap<>();
    others.put("TPE of Hone", search(surface, Search.tpe(), 1));
    others.put("RANDOM of Hone", search(surface, Search.random(), 1));
    List<Judged> judged = new ArrayList<>();
    others.put(
        RACING,
        mean(
            RACING_REPEATS,
            seed -> {
              SearchPlayer player = new SearchPlayer(surface, Search.racing(), IN_FLIGHT, seed);
              Played played = player.play();
              judged.add(player.judged());
              return played;
            }));
    others.put(RACING + ", 1 in flight", search(surface, Search.racing(), 1));
    others.put(RACING + ", 4 in flight", search(surface, Search.racing(), 4));
    Search whole = RacingSearch.defaults().budgetFraction(1);
    others.put("racing, budgetFraction 1", search(surface, whole, IN_FLIGHT));
    Search light = RacingSearch.defaults().budgetFraction(0.25).wholeValset(false);
    others.put("racing, budgetFraction 0.25, not completed", search(surface, light, 1));
    for (double share : List.of(0.25, 1.0)) {
      int calls = (int) (share * reference.calls());
      Played play = mean(REPEATS, seed -> HalvingPlayer.play(surface, calls, seed));
      others.put("halving at %.0f%%".formatted(100 * share), play);
    }
    return new Contest(surface, reference, others, curve(surface, reference.calls()), judged);
  }

  private static Played search(Surface surface, Search search, int inFlight) {
    return mean(REPEATS, seed -> new SearchPlayer(surface, search, inFlight, seed).play());
  }

  private static Played mean(int repeats, LongFunction<Played> play) {
    List<Played> plays = new ArrayList<>();
    for (long seed = 1; seed <= repeats; seed++) {
      plays.add(play.apply(seed));
    }
    return Played.mean(plays);
  }

  private static List<Played> curve(Surface surface, double calls) {
    Search endless = RacingSearch.defaults().pointsPerThousandTokens(0).budgetFraction(3);
    int[] checkpoints =
        FRACTIONS.stream().mapToInt(share -> (int) Math.round(share * calls)).toArray();
    List<List<Played>> plays = new ArrayList<>();
    for (long seed = 1; seed <= REPEATS; seed++) {
      plays.add(new SearchPlayer(surface, endless, 1, seed).play(checkpoints));
    }
    List<Played> curve = new ArrayList<>();
    for (int i = 0; i < checkpoints.length; i++) {
      int at = i;
      curve.add(Played.mean(plays.stream().map(play -> play.get(at)).toList()));
    }
    return curve;
  }
}
