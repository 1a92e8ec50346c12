package dev.hone.judge;

import dev.hone.data.Example;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a judge is asked that compares a text of the output with that of the label.
 *
 * @param <J> the question
 */
interface LabelComparison<J> {
  /** The question on three texts. */
  J of(String question, String expected, String answer);

  /**
   * The question on an example and its output.
   *
   * @param question what was asked, of the input
   * @param text the text of an output or label
   */
  default <I, O> BiFunction<Example<I, O>, O, J> on(
      Function<? super I, String> question, Function<? super O, String> text) {
    return (example, output) ->
        of(question.apply(example.input()), text.apply(example.expected()), text.apply(output));
  }

  /** One that is written as a method reference. */
  static <J> LabelComparison<J> of(LabelComparison<J> comparison) {
    return comparison;
  }
}
