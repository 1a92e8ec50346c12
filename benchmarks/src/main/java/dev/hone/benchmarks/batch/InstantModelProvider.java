package dev.hone.benchmarks.batch;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.testkit.ScriptedModel;
import java.util.Optional;

/**
 * Provides {@code instant}, a model in this process that answers at once, always the same: what is
 * measured with it is Hone. Used by benchmarks/batch/hone-run.
 */
public final class InstantModelProvider implements ModelProvider {
  private static final String NAME = "instant";
  private static final String REPLY = "[[ ## topic ## ]]\nSHIPPING\n\n[[ ## completed ## ]]";

  /** For the service loader. */
  public InstantModelProvider() {}

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
  public Optional<String> missing(ModelSpec spec) {
    return Optional.empty();
  }

  @Override
  public boolean isInProcess() {
    return true;
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    return new Instant();
  }

  /** Unlike a scripted model it keeps no request. */
  private static final class Instant implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return ScriptedModel.reply(request, REPLY);
    }

    @Override
    public String id() {
      return NAME;
    }
  }
}
