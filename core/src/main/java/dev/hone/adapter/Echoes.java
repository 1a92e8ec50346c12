package dev.hone.adapter;

import dev.hone.adapter.Candidate.Asked;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.Question;
import dev.hone.adapter.prose.FieldHints;
import dev.hone.adapter.tool.CallReader;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.adapter.xml.XmlText;
import dev.hone.json.LenientJson;
import dev.hone.prompt.Prompt;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a reply repeats of its prompt: the question, the examples, the layout. */
final class Echoes {
  private final Prompt prompt;
  private final PromptText text;
  private final ObjectNode asked;
  private @Nullable Pattern asking;

  Echoes(Prompt prompt) {
    this.prompt = prompt;
    this.text = PromptText.of(prompt.signature());
    this.asked = text.calls().asked(prompt.input());
  }

  /** What was asked. */
  Prompt prompt() {
    return prompt;
  }

  /** What prompts of its signature have in common. */
  PromptText text() {
    return text;
  }

  /** What reads tool calls. */
  CallReader callReader() {
    return new CallReader(prompt, text.calls());
  }

  /**
   * Which question a stretch answers.
   *
   * @param question what stands before it; null for nothing
   * @param first whether nothing else answers that
   */
  Asked asked(@Nullable Question question, boolean first) {
    if (question == null || repeats(question.values(), asked)) {
      return Asked.THIS;
    }
    if (!first) {
      return Asked.UNCLEAR;
    }
    boolean example =
        prompt.demos().stream().anyMatch(demo -> repeats(question.values(), demo.inputs()));
    return example ? Asked.EXAMPLE : Asked.OTHER;
  }

  /** Whether texts of the input have entities of XML. */
  boolean hasEntities() {
    for (JsonNode value : prompt.input()) {
      if (value.isString() && XmlText.hasEntities(value.stringValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean repeats(Map<String, String> found, ObjectNode inputs) {
    return !found.isEmpty()
        && text.inputs().stream()
            .filter(field -> found.containsKey(field.name()))
            .allMatch(
                field ->
                    repeats(found.get(field.name()), field, inputs)
                        || field.name().equals(text.calls().results())
                            && isSame(found.get(field.name()), inputs.get(field.name())));
  }

  /** Whether a text is a JSON value, however it is written. */
  private static boolean isSame(@Nullable String found, @Nullable JsonNode value) {
    return found != null
        && value != null
        && LenientJson.read(found).filter(reading -> reading.value().equals(value)).isPresent();
  }

  private static boolean repeats(@Nullable String found, Field field, ObjectNode inputs) {
    JsonNode value = inputs.get(field.name());
    if (value == null || found == null) {
      return false;
    }
    String asked = plain(Turns.text(value, field.type()));
    String repeated = plain(found);
    return repeated.equals(asked)
        || repeated.startsWith(asked)
            && repeated.substring(asked.length()).startsWith(" Answer with the ");
  }

  private static String plain(String text) {
    return Excerpt.singleSpaced(HeaderText.reveal(text));
  }

  /** Whether prose goes on with a next question: a line that begins with an input's name. */
  boolean asks(String prose) {
    return !prose.isBlank() && asking().matcher(prose).find();
  }

  private Pattern asking() {
    Pattern pattern = asking;
    if (pattern == null) {
      String names =
          Stream.concat(
                  text.inputs().stream().map(Field::name).map(Pattern::quote),
                  Stream.of("user", "human", "question", "input", "q"))
              .collect(Collectors.joining("|"));
      pattern =
          Pattern.compile(
              "^[ \\t*#>_-]{0,8}(?:(?:next|new|another)[ \\t]+)?(?:" + names + ")[ \\t*_]{0,4}[:：]",
              Pattern.CASE_INSENSITIVE | Pattern.MULTILINE | Pattern.UNICODE_CASE);
      asking = pattern;
    }
    return pattern;
  }

  /** Whether a text is what the layout has in place of a value. */
  static boolean isPlaceholder(Field field, String value) {
    return value.startsWith("{")
        && value.startsWith(field.name(), 1)
        && (value.equals("{" + field.name() + "}")
            || value.equals(FieldHints.outputPlaceholder(field)));
  }

  /** Whether a text may stand for a value that is left out; it may be a value, too. */
  private static boolean maybeLeftOut(String value) {
    String bare = value.strip();
    return bare.equals("...")
        || bare.equals("…")
        || bare.equals("[\"...\"]")
        || bare.startsWith("<")
            && !bare.startsWith("<!")
            && bare.endsWith(">")
            && bare.length() < 60
            && bare.indexOf('/') < 0;
  }

  /**
   * Those of several answers that do not repeat the layout. What only looks like a layout of the
   * model's own, such as {@code <answer>}, is one where there is another answer.
   *
   * @throws ReplyFormatException if all of them repeat it
   */
  <T> List<T> withoutLayouts(List<T> answers, Function<T, Map<String, String>> values) {
    List<T> told = without(answers, values, Echoes::isPlaceholder);
    if (told.isEmpty()) {
      throw new ReplyFormatException("", "The reply only repeats the layout of the prompt.");
    }
    List<T> real =
        without(told, values, (field, value) -> isPlaceholder(field, value) || maybeLeftOut(value));
    return real.isEmpty() ? told : real;
  }

  private <T> List<T> without(
      List<T> answers,
      Function<T, Map<String, String>> values,
      BiPredicate<Field, String> ofLayout) {
    List<T> others = new ArrayList<>(answers.size());
    for (T one : answers) {
      if (!isAll(values.apply(one), ofLayout)) {
        others.add(one);
      }
    }
    return others;
  }

  private boolean isAll(Map<String, String> byName, BiPredicate<Field, String> ofLayout) {
    for (Field field : text.outputs()) {
      String value = byName.get(field.name());
      if (value != null && !ofLayout.test(field, value)) {
        return false;
      }
    }
    return !byName.isEmpty();
  }

  /** Whether a name is that of an input, however it is written. */
  boolean isInput(String key) {
    return input(key) != null;
  }

  /** The input that a name means; null if it means none. */
  @Nullable String input(String key) {
    String name = text.names().find(key);
    return text.names().isInput(name) ? name : null;
  }
}
