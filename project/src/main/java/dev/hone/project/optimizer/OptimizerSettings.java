package dev.hone.project.optimizer;

import dev.hone.InvalidInputException;
import dev.hone.text.FoldedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An optimizer's name and settings, as words: {@code trials} is {@code "20"}. Names of settings are
 * alike in any case, with spaces, hyphens or underscores: {@code max-labeled-demos} is {@code
 * maxLabeledDemos}. Whether an optimizer has a setting is checked when it is made. Immutable.
 */
public final class OptimizerSettings {
  private static final OptimizerSettings NONE = new OptimizerSettings("", Map.of());

  private final String optimizer;
  private final Map<String, String> values;

  private OptimizerSettings(String optimizer, Map<String, String> values) {
    this.optimizer = optimizer;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No name and no settings: an optimizer's defaults. */
  public static OptimizerSettings none() {
    return NONE;
  }

  /** The settings of an optimizer by name, such as {@code MIPROv2}. */
  public static OptimizerSettings of(String optimizer) {
    return new OptimizerSettings(optimizer.strip(), Map.of());
  }

  /** A copy for another optimizer. */
  public OptimizerSettings withOptimizer(String name) {
    return new OptimizerSettings(name.strip(), values);
  }

  /**
   * A copy with a setting more, or another value of it.
   *
   * @throws InvalidInputException if the name is blank
   */
  public OptimizerSettings with(String name, String value) {
    if (name.isBlank()) {
      throw InvalidInputException.of("A setting has no name", "write trials=20");
    }
    Map<String, String> copy = new LinkedHashMap<>(values);
    copy.keySet().removeIf(other -> FoldedName.of(other).equals(FoldedName.of(name)));
    copy.put(name.strip(), value.strip());
    return new OptimizerSettings(optimizer, copy);
  }

  /**
   * These settings under others that win: their values replace these, and where they name another
   * optimizer, these settings are those of the first and left out, but for the seed.
   */
  public OptimizerSettings under(OptimizerSettings others) {
    boolean other =
        !others.optimizer.isEmpty() && !OptimizerCatalog.isSame(others.optimizer, optimizer);
    OptimizerSettings result = new OptimizerSettings(optimizer, values);
    if (other) {
      result = new OptimizerSettings(others.optimizer, Map.of());
      Optional<String> seed = get("seed");
      result = seed.isPresent() ? result.with("seed", seed.get()) : result;
    }
    if (!others.optimizer.isEmpty()) {
      result = result.withOptimizer(others.optimizer);
    }
    for (Map.Entry<String, String> entry : others.values.entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  /** The optimizer's name; empty for the default, MIPROv2. */
  public String optimizer() {
    return optimizer;
  }

  /** The settings by name, in order; read-only. */
  public Map<String, String> values() {
    return values;
  }

  /** The value of a setting. */
  public Optional<String> get(String name) {
    return values.entrySet().stream()
        .filter(entry -> FoldedName.of(entry.getKey()).equals(FoldedName.of(name)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** One line, such as {@code OptimizerSettings[MIPROv2, {auto=light}]}. */
  @Override
  public String toString() {
    return "OptimizerSettings[%s, %s]".formatted(optimizer, values);
  }
}
