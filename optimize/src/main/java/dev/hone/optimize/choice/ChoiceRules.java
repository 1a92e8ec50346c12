package dev.hone.optimize.choice;

import java.util.OptionalDouble;

/**
 * What a user asked of the choice. The order: of the search's choice and its equals the cheaper, or
 * the constraints of the metric and then {@code cheapestWithin}; then {@code keepBaselineUnless};
 * must-pass examples last of all, for which the next best is chosen by the same rules.
 *
 * @param cheapestWithin the loss of score that fewer prompt tokens are worth; empty for none
 * @param keepBaselineUnless the probability of being better that the baseline gives way to; empty
 *     for any
 */
public record ChoiceRules(OptionalDouble cheapestWithin, OptionalDouble keepBaselineUnless) {}
