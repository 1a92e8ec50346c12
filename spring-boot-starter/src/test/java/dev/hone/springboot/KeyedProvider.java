package dev.hone.springboot;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.testkit.ScriptedModel;
import java.util.Optional;

/** Models that want a key, and answer how long it is. */
public final class KeyedProvider implements ModelProvider {
  @Override
  public String name() {
    return "keyed";
  }

  @Override
  public String form() {
    return "keyed:MODEL";
  }

  @Override
  public String example(String given) {
    return "keyed:tiny";
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of("KEYED_API_KEY");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    String key = spec.variable("KEYED_API_KEY").orElse("");
    return ScriptedModel.answering(request -> "a key of " + key.length()).withId(spec.text());
  }
}
