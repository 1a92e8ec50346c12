package dev.hone.optimize.candidate;

import dev.hone.SettingCheck;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The settings of the proposer, as they stand on every optimizer that grounds its proposals. Each
 * gives a copy; a value out of its range is an {@link dev.hone.InvalidInputException}.
 *
 * @param <S> the optimizer
 */
public interface ProposerOptions<S> {
  /** A copy with other settings of the proposer. */
  S proposer(UnaryOperator<ProposerSettings> change);

  /** A copy that proposes by these settings. */
  default S proposer(ProposerSettings settings) {
    SettingCheck.given("proposer", settings);
    return proposer(before -> settings);
  }

  /** A copy whose proposer is given a summary of the trainset, or not; default true. */
  default S dataAware(boolean value) {
    return proposer(settings -> settings.withDataAware(value));
  }

  /** A copy whose proposer is given a description of the program, or not; default true. */
  default S programAware(boolean value) {
    return proposer(settings -> settings.withProgramAware(value));
  }

  /** A copy whose proposer is shown demos, or not; default true. */
  default S fewshotAware(boolean value) {
    return proposer(settings -> settings.withFewshotAware(value));
  }

  /** A copy whose proposer is given a tip, or not; default true. */
  default S tipAware(boolean value) {
    return proposer(settings -> settings.withTipAware(value));
  }

  /** A copy whose summary looks at this number of examples in one call; default 10. */
  default S viewDataBatchSize(int value) {
    return proposer(settings -> settings.withViewDataBatchSize(value));
  }

  /** A copy with another temperature of proposals, 0 to 2; default 1. */
  default S initTemperature(double value) {
    return proposer(settings -> settings.withInitTemperature(value));
  }

  /** A copy that draws from other tips; default {@link Tips#defaults()}. */
  default S tips(List<String> value) {
    return proposer(settings -> settings.withTips(value));
  }

  /** A copy that gives every proposal the same tip; default: tips are drawn. */
  default S fixedTip(String value) {
    return proposer(settings -> settings.withFixedTip(value));
  }

  /** A copy with the user's own description of the program; default: the prompt model's. */
  default S programDescription(String value) {
    return proposer(settings -> settings.withProgramDescription(value));
  }
}
