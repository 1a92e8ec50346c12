package dev.hone.benchmarks.adapter;

import dev.hone.program.Attempt;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one example under one adapter.
 *
 * @param rung on which it was read
 * @param score of what was read; 0 for what was not
 * @param unsaid whether a value was read that the replies do not have
 * @param attempts the replies
 */
record Reading(Rung rung, double score, boolean unsaid, List<Attempt> attempts) {
  /** Where a reply was read. */
  enum Rung {
    /** The first reply, or the first of each step. */
    FIRST,
    /** After the adapter's repair turn. */
    REPAIRED,
    /** After the prompt was sent once more for JSON. */
    OTHER,
    /** Nowhere. */
    NEVER
  }

  /**
   * Of a reply that was read.
   *
   * @param least how many replies it takes at least
   * @param said all replies, with their calls
   */
  static Reading of(
      List<Attempt> attempts, int least, List<String> said, ObjectNode output, double score) {
    boolean smooth =
        attempts.size() == least
            && attempts.stream().allMatch(attempt -> attempt.problem() == null);
    String first = attempts.get(0).adapterId();
    String last = attempts.get(attempts.size() - 1).adapterId();
    Rung rung =
        smooth
            ? Rung.FIRST
            : last.equals("json/2") && !first.equals(last) ? Rung.OTHER : Rung.REPAIRED;
    return new Reading(rung, score, isUnsaid(said, output), attempts);
  }

  static Reading never(List<Attempt> attempts) {
    return new Reading(Rung.NEVER, 0, false, attempts);
  }

  /** Whether a text or number is in no reply. */
  private static boolean isUnsaid(List<String> replies, ObjectNode output) {
    String said =
        replies.stream().map(reply -> bare(unescaped(reply))).collect(Collectors.joining(" "));
    return leaves(output).anyMatch(leaf -> !said.contains(bare(unescaped(leaf))));
  }

  private static Stream<String> leaves(JsonNode value) {
    if (value.isObject() && value.has("tool") && value.has("arguments")) {
      return Stream.concat(leaves(value.path("tool")), leaves(value.path("arguments")));
    }
    if (value.isContainer()) {
      return value.valueStream().flatMap(Reading::leaves);
    }
    if (value.isNumber()) {
      return Stream.of(value.decimalValue().stripTrailingZeros().toPlainString());
    }
    return value.isString() ? Stream.of(value.stringValue()) : Stream.of();
  }

  private static String unescaped(String reply) {
    return reply.replace("\\n", "\n").replace("\\t", "\t");
  }

  /** Letters and digits only: what a format adds or takes is no part of it. */
  private static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
