package dev.hone.optimize.candidate;

import dev.hone.SettingCheck;
import dev.hone.lm.LanguageModel;
import java.nio.file.Path;
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

  /**
   * A copy whose proposer is shown training examples that the program gets wrong, or not: with the
   * wrong answer, the right one and what the metric said, beside some that it gets right. Every
   * second proposal of the first round is, and later rounds learn how often. Default false.
   *
   * <p>Cost: no call in the first round, which knows the errors of the bootstrap's runs, where the
   * teacher is the student itself; each further round runs its best configuration on at most 16
   * training examples. Nothing of the validation set is shown.
   */
  default S errorAware(boolean value) {
    return proposer(settings -> settings.withErrorAware(value));
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

  private S wording(UnaryOperator<ProposalWording> change) {
    return proposer(settings -> settings.withWording(change.apply(settings.wording())));
  }

  /**
   * A copy whose proposals are written by several models, which are dealt as tips are; their ids
   * must differ. The first one also describes data and program, unless {@code promptModel} is set.
   * Default: the one of {@code promptModel}.
   */
  default S promptModels(LanguageModel... value) {
    SettingCheck.given("promptModels", value);
    return wording(wording -> wording.withPromptModels(List.of(value)));
  }

  /**
   * A copy that asks for instructions by wordings of your own, which are dealt as tips are; their
   * names must differ. Default: {@link ProposerTemplate#standard()}.
   */
  default S templates(ProposerTemplate... value) {
    SettingCheck.given("templates", value);
    return wording(wording -> wording.withTemplates(List.of(value)));
  }

  /**
   * A copy whose instructions are written in a language, such as {@code German}. Default: nothing
   * is said, and models take that of data and instructions.
   */
  default S proposalLanguage(String value) {
    SettingCheck.given("proposalLanguage", value);
    return wording(wording -> wording.withLanguage(value));
  }

  /**
   * A copy in which texts are fixed: what the law or the brand demands. Each must stand in the
   * given instruction of at least one predictor, and then stands in every instruction that is tried
   * for that predictor, word for word: a proposal that lost one has it put back, at the beginning
   * if it stood there, else at the end. Default: nothing is fixed. Without a setting, a proposal
   * that lost an allowed value that the given instruction names has it put back, and one that lost
   * a placeholder such as {@code {customer}} is made again, and at last dropped; the report says
   * so.
   */
  default S keep(String... value) {
    SettingCheck.given("keep", value);
    return wording(wording -> wording.withKeep(List.of(value)));
  }

  /**
   * A copy that learns to propose: prompt model, wording, tip and temperature of each proposal are
   * drawn by what they gained in earlier runs, of this program and of others, and what this run
   * shows is added to the file, which is made if it is missing. Default: off. Costs no call. The
   * result then depends on the file, too. Runs that end at the same time may lose one of what they
   * learnt.
   */
  default S learnToPropose(Path file) {
    SettingCheck.given("learnToPropose", file);
    return proposer(settings -> settings.withLearningFile(file));
  }
}
