package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.CallMeter;
import dev.hone.benchmarks.quality.ReferencePlayer;
import dev.hone.benchmarks.rival.CapoRace;
import dev.hone.benchmarks.rival.HbBoPs;
import dev.hone.benchmarks.rival.Triple;
import dev.hone.benchmarks.rival.WilcoxonTpe;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Players by name: {@code reference}, {@code all}, {@code drawn}, {@code labelled}, {@code
 * halving:0.5} with a share of the reference's calls; at the tokens of the default race {@code
 * wilcoxon}, {@code hbbops}, {@code triple-sh}, {@code triple-cr} and {@code capo}; {@code racing}
 * or {@code racing:budgetFraction=0.5,points=0.01} with settings of {@link RacingSearch}, {@code
 * keep:0.9}, the default race under {@code keepBaselineUnless(0.9)}; and any other name of an
 * installed search.
 */
final class Players {
  /** The reference's schedule, which always plays. */
  static final String REFERENCE = "reference";

  /** Racing as it is by default, which always plays. */
  static final String RACING = "racing";

  /** Evaluating everything, which always plays. */
  static final String ALL = "all";

  private static final String KEEP = "keep";

  /** Who plays where nobody is named. */
  static final List<String> DEFAULT =
      List.of(
          "keep:0.9",
          "drawn",
          "labelled",
          "halving:0.25",
          "halving:0.5",
          "halving:0.75",
          "tpe",
          "random",
          "wilcoxon",
          "hbbops",
          "triple-sh",
          "triple-cr",
          "capo");

  private Players() {}

  /** The players of a table: those that always play, and the named ones. */
  static Map<String, Player> of(List<String> names) {
    Map<String, Player> players = new LinkedHashMap<>();
    players.put(REFERENCE, named(REFERENCE));
    players.put(RACING, named(RACING));
    players.put(ALL, named(ALL));
    names.forEach(name -> players.put(name, named(name)));
    return players;
  }

  /** The reference's schedule; its repeats are more, since all others are compared with it. */
  private static final class ReferenceOfDspy implements Player {
    @Override
    public Configuration play(CallMeter meter, Allowance allowance, long seed) {
      return ReferencePlayer.play(meter, allowance.schedule(), seed);
    }

    @Override
    public int repeats() {
      return 4;
    }
  }

  private static Player named(String name) {
    String kind = name.split(":", 2)[0];
    String settings = name.contains(":") ? name.substring(kind.length() + 1) : "";
    return switch (kind) {
      case REFERENCE -> new ReferenceOfDspy();
      case ALL -> PlainPlayers::everything;
      case "drawn" -> PlainPlayers::drawn;
      case "labelled" -> PlainPlayers::labelledDemos;
      case "halving" -> PlainPlayers.halving(Double.parseDouble(settings));
      case RACING -> new HonePlayer(racing(settings), 0);
      case KEEP -> new HonePlayer(RacingSearch.defaults(), Double.parseDouble(settings));
      case "wilcoxon" -> atTheRacesTokens(WilcoxonTpe::play);
      case "hbbops" -> atTheRacesTokens(HbBoPs::play);
      case "triple-sh" -> atTheRacesTokens(Triple::halving);
      case "triple-cr" -> atTheRacesTokens(Triple::rejecting);
      case "capo" -> atTheRacesTokens(CapoRace::play);
      default -> new HonePlayer(Search.named(kind), 0);
    };
  }

  private interface Rival {
    Configuration play(CallMeter meter, double tokens, long seed);
  }

  private static Player atTheRacesTokens(Rival rival) {
    return (meter, allowance, seed) -> rival.play(meter, allowance.raceTokens(), seed);
  }

  private static RacingSearch racing(String settings) {
    RacingSearch search = RacingSearch.defaults();
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(",")) {
      String value = setting.substring(setting.indexOf('=') + 1);
      search =
          switch (setting.split("=", 2)[0]) {
            case "blockSize" -> search.blockSize(Integer.parseInt(value));
            case "budgetFraction" -> search.budgetFraction(Double.parseDouble(value));
            case "points" -> search.pointsPerThousandTokens(Double.parseDouble(value));
            case "wholeValset" -> search.wholeValset(Boolean.parseBoolean(value));
            default -> throw new IllegalArgumentException("No such setting: " + setting);
          };
    }
    return search;
  }
}
