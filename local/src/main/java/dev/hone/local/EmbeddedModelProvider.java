package dev.hone.local;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.Optional;

/** Provides {@code embedded}, see {@link EmbeddedModel}. Found by {@link LanguageModel#named}. */
public final class EmbeddedModelProvider implements ModelProvider {
  private static final String NAME = "embedded";

  /** For the service loader. */
  public EmbeddedModelProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String form() {
    return NAME;
  }

  @Override
  public String example(String given) {
    return NAME;
  }

  @Override
  public String description() {
    return "A small model inside of Hone, for trying things out; no key, no network";
  }

  @Override
  public Optional<String> missing(ModelSpec spec) {
    return Optional.empty();
  }

  @Override
  public boolean isInProcess() {
    return true;
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    if (!spec.rest().isEmpty()) {
      throw spec.invalid("names a model after embedded, which is only one");
    }
    return EmbeddedModel.load();
  }
}
