package dev.hone.project.optimizer;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.Optimizer;
import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A kind of optimizer, with all its settings.
 *
 * @param name its name
 * @param start the optimizer with its defaults
 * @param settings what can be said of it
 * @param proposer makes a copy whose instructions a model writes
 * @param <T> the optimizer
 */
record OptimizerKind<T extends Optimizer<?>>(
    String name,
    Supplier<T> start,
    List<Setting<T>> settings,
    BiFunction<T, LanguageModel, T> proposer) {
  OptimizerKind {
    settings = List.copyOf(settings);
  }

  List<String> settingNames() {
    return settings.stream().map(Setting::name).toList();
  }

  /** The optimizer with some settings, those of a project file or of flags. */
  Optimizer<?> make(Map<String, String> values, Optional<LanguageModel> proposerModel) {
    T optimizer = start.get();
    for (Setting<T> setting : settings) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        if (FoldedName.of(value.getKey()).equals(FoldedName.of(setting.name()))) {
          optimizer = setting.apply().apply(optimizer, value.getValue());
        }
      }
    }
    values.keySet().forEach(this::requireKnown);
    return proposerModel.isPresent() ? proposer.apply(optimizer, proposerModel.get()) : optimizer;
  }

  private void requireKnown(String setting) {
    List<String> names = settingNames();
    boolean known =
        names.stream().anyMatch(name -> FoldedName.of(name).equals(FoldedName.of(setting)));
    if (!known) {
      throw InvalidInputException.of(
          "The setting \"%s\" is none of %s, which has %s"
              .formatted(setting, name, String.join(", ", names)),
          NearestName.of(setting, names).map(near -> "write " + near).orElse("remove it"));
    }
  }
}
