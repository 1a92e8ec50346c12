package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.local.PromptContext.ParsedDemo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Answers numbers, dates and times. If demos mostly copy the value out of their input, or if there
 * are none, it copies the first that fits from the input; otherwise it takes the value of the
 * nearest demo.
 */
final class ScalarAnswerer {
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\d.])-?\\d{1,15}(?:\\.\\d{1,15})?(?![\\d.]*\\d)");

  private final NearestDemo nearest;
  private final Cache<Key, ParsedLimits> limits = Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(PromptContext context, ParsedField field) {}

  ScalarAnswerer(NearestDemo nearest) {
    this.nearest = nearest;
  }

  /** A number, date or time; null only if it may be absent. */
  JsonNode answer(ParsedField described, ParsedPrompt prompt) {
    ParsedField field = described.with(limits(described, prompt.context()));
    Optional<JsonNode> copied = find(field, prompt.inputText());
    if (copied.isPresent() && copies(field, prompt.context().demos())) {
      return copied.get();
    }
    return nearest
        .value(field, prompt)
        .filter(value -> isAdmitted(value, field.limits()))
        .or(() -> copied)
        .orElseGet(() -> unknown(field));
  }

  /** The limits that the prompt states; those in words only if no demo is beyond them. */
  private ParsedLimits limits(ParsedField field, PromptContext context) {
    if (!(field.type().present() instanceof ParsedType.Numeric)) {
      return field.limits();
    }
    return limits.get(
        new Key(context, field),
        key -> {
          ParsedLimits stated = StatedLimits.of(field, context);
          return context.demos().stream()
                  .map(demo -> demo.output().get(field.name()))
                  .allMatch(value -> value == null || isAdmitted(value, stated))
              ? stated
              : field.limits();
        });
  }

  private static boolean isAdmitted(JsonNode value, ParsedLimits limits) {
    return !value.isNumber() || limits.admits(value.doubleValue());
  }

  /** Whether at least half of the demos have their value from their input. */
  private static boolean copies(ParsedField field, List<ParsedDemo> demos) {
    int balance = 0;
    for (ParsedDemo demo : demos) {
      JsonNode value = demo.output().get(field.name());
      if (value != null && !value.isNull()) {
        boolean copied = ParsedPrompt.text(demo.input()).contains(ValueAnswerer.text(value));
        balance += copied ? 1 : -1;
      }
    }
    return balance >= 0;
  }

  /** The first value in a text that has the field's type and is within its limits. */
  private static Optional<JsonNode> find(ParsedField field, String text) {
    if (field.type().present() instanceof ParsedType.Temporal temporal) {
      return temporal.form().find(text).map(StringNode::valueOf);
    }
    boolean whole = isWhole(field);
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(number -> !whole || number.indexOf('.') < 0)
        .filter(number -> field.limits().admits(Double.parseDouble(number)))
        .findFirst()
        .map(number -> number(new BigDecimal(number), whole));
  }

  private static boolean isWhole(ParsedField field) {
    return field.type().present() instanceof ParsedType.Numeric number && number.whole();
  }

  private static JsonNode number(BigDecimal number, boolean whole) {
    return whole ? BigIntegerNode.valueOf(number.toBigInteger()) : DecimalNode.valueOf(number);
  }

  private static JsonNode unknown(ParsedField field) {
    if (field.type().isOptional()) {
      return NullNode.getInstance();
    }
    if (field.type() instanceof ParsedType.Temporal temporal) {
      return StringNode.valueOf(temporal.form().origin());
    }
    BigDecimal zero = BigDecimal.valueOf(field.limits().clamp(0));
    return isWhole(field)
        ? BigIntegerNode.valueOf(zero.setScale(0, RoundingMode.UP).toBigInteger())
        : DecimalNode.valueOf(zero);
  }
}
