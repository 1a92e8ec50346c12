package dev.hone.optimize.search.tpe;

import dev.hone.SettingCheck;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of {@link TpeSearch}, where each is described. */
record TpeSettings(@Nullable Integer startupTrials, double gamma, int belowLimit, int candidates) {
  /** A trial, and a full evaluation of its configuration. */
  private static final int MOST_OBSERVATIONS_PER_TRIAL = 2;

  static final TpeSettings DEFAULTS = new TpeSettings(null, 0.1, 25, 24);

  TpeSettings {
    SettingCheck.atLeast("startupTrials", startupTrials, 0);
    SettingCheck.fraction("gamma", gamma, 0.1);
    SettingCheck.atLeast("belowLimit", belowLimit, 1);
    SettingCheck.atLeast("candidates", candidates, 1);
  }

  /** How many trials are at random in a search of a number of trials. */
  int startupTrialsOf(int trials) {
    return startupTrials != null
        ? startupTrials
        : (int) Math.max(2, Math.min(10, Math.ceil(trials * 0.3)));
  }

  /** What has no effect in a search of a number of trials, in sentences. */
  List<String> notes(int trials) {
    if (startupTrialsOf(trials) >= trials) {
      return changedOfGuidance().stream().map(name -> unguided(name, trials)).toList();
    }
    long mostGood = (long) Math.ceil(gamma * MOST_OBSERVATIONS_PER_TRIAL * (trials + 1));
    boolean idle =
        belowLimit != DEFAULTS.belowLimit && mostGood <= Math.min(belowLimit, DEFAULTS.belowLimit);
    return idle
        ? List.of(
            "belowLimit has no effect, since with gamma %s no more than %d observations count as good."
                .formatted(gamma, mostGood))
        : List.of();
  }

  private String unguided(String name, int trials) {
    return "%s has no effect, since startupTrials (%d) leaves none of %s to be guided."
        .formatted(name, startupTrialsOf(trials), Plural.of(trials, "trial"));
  }

  /** The names of the settings of guided trials that are not at their defaults. */
  private List<String> changedOfGuidance() {
    List<String> names = new ArrayList<>();
    if (gamma != DEFAULTS.gamma) {
      names.add("gamma");
    }
    if (belowLimit != DEFAULTS.belowLimit) {
      names.add("belowLimit");
    }
    if (candidates != DEFAULTS.candidates) {
      names.add("candidates");
    }
    return names;
  }

  /** How many of a number of observations count as good. */
  int belowCount(int observations) {
    return (int) Math.min(Math.ceil(gamma * observations), belowLimit);
  }
}
