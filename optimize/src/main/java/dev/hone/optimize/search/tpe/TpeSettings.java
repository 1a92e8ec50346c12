package dev.hone.optimize.search.tpe;

import dev.hone.SettingCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of {@link TpeSearch}, where each is described. */
record TpeSettings(@Nullable Integer startupTrials, double gamma, int belowLimit, int candidates) {
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

  /** The names of the settings of guided trials that are not at their defaults. */
  List<String> changedOfGuidance() {
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
