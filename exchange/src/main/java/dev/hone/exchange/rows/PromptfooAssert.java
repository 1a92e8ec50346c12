package dev.hone.exchange.rows;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * An assertion of promptfoo.
 *
 * @param type its type, in lower case
 * @param value what it compares with
 */
record PromptfooAssert(String type, JsonNode value) {
  /** Those whose value is the answer, or stands in it, the surest first. */
  private static final List<String> EXPECTED =
      List.of(
          "equals",
          "similar",
          "factuality",
          "model-graded-factuality",
          "answer-relevance",
          "rouge-n",
          "bleu",
          "levenshtein",
          "icontains",
          "contains",
          "starts-with");

  private static final Pattern CELL = Pattern.compile("(?s)([a-z-]+)(?:\\([^)]*\\))?(?::(.*))?");
  private static final Map<String, String> SHORT =
      Map.of("fn", "javascript", "eval", "javascript", "grade", "llm-rubric");
  private static final List<String> TYPES =
      List.of(
          "equals",
          "contains",
          "icontains",
          "contains-all",
          "contains-any",
          "icontains-any",
          "icontains-all",
          "starts-with",
          "regex",
          "is-json",
          "contains-json",
          "similar",
          "llm-rubric",
          "factuality",
          "model-graded-factuality",
          "model-graded-closedqa",
          "answer-relevance",
          "rouge-n",
          "bleu",
          "levenshtein",
          "javascript",
          "python",
          "webhook",
          "cost",
          "latency",
          "fn",
          "eval",
          "grade");

  static PromptfooAssert of(JsonNode node) {
    return new PromptfooAssert(
        node.path("type").asString("").toLowerCase(Locale.ROOT), node.path("value"));
  }

  /** One that stands in a cell of a CSV file, as {@code icontains: paris}; a bare text is equal. */
  static PromptfooAssert ofCell(String cell) {
    Matcher matcher = CELL.matcher(cell.strip());
    String bare = matcher.matches() ? matcher.group(1).replaceFirst("^not-", "") : "";
    if (!TYPES.contains(bare) || matcher.group(2) == null && !bare.endsWith("-json")) {
      return new PromptfooAssert("equals", StringNode.valueOf(cell));
    }
    String value = Optional.ofNullable(matcher.group(2)).orElse("").strip();
    String type = matcher.group(1);
    return new PromptfooAssert(SHORT.getOrDefault(type, type), StringNode.valueOf(value));
  }

  /** How sure its value is the answer: 0 is the surest; empty if it is not. */
  Optional<Integer> rank() {
    boolean named = value.isString() && value.stringValue().startsWith("file://");
    boolean usable = value.isValueNode() && !value.isNull() && !named || value.isObject();
    int rank = EXPECTED.indexOf(type);
    return rank < 0 || !usable ? Optional.empty() : Optional.of(rank);
  }

  /** Whether the answer is exactly its value. */
  boolean isExact() {
    return type.equals("equals");
  }
}
