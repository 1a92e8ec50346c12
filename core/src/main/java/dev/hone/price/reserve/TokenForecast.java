package dev.hone.price.reserve;

import dev.hone.lm.LmUsage;

/**
 * What the next attempt at one model is expected to cost in tokens, learnt from its replies: the
 * prompt by the ratio of reported to estimated tokens, the reply by its limit where one is set,
 * else by the lengths of replies so far; of both the mean plus two standard deviations, never more
 * than was seen. Before the first reply the estimate of the prompt, and {@value #FIRST_REPLY}
 * tokens. Not thread-safe.
 */
final class TokenForecast {
  /** What a reply is taken for before one is known: longer than most answers of a few fields. */
  static final long FIRST_REPLY = 256;

  private final Seen promptRatios = new Seen();
  private final Seen replies = new Seen();

  /** Mean, spread and most of what was seen. */
  private static final class Seen {
    private long count;
    private double mean;
    private double squares;
    private double most;

    void take(double value) {
      count++;
      double before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
      most = Math.max(most, value);
    }

    double expected(double first) {
      return count == 0 ? first : Math.min(most, mean + 2 * Math.sqrt(squares / count));
    }
  }

  /** The tokens that the reply to a request is expected to have, and those of its prompt. */
  LmUsage of(RequestSize request) {
    double prompt = request.promptTokens() * promptRatios.expected(1);
    Integer limit = request.maxTokens();
    double reply = limit == null ? replies.expected(FIRST_REPLY) : limit;
    return LmUsage.of((long) Math.ceil(prompt), (long) Math.ceil(reply));
  }

  /** Learns from a reply. */
  void learn(RequestSize request, LmUsage usage) {
    if (usage.known() && usage.promptTokens() > 0) {
      promptRatios.take(usage.promptTokens() / (double) request.promptTokens());
    }
    if (usage.known() && usage.completionTokens() > 0) {
      replies.take(usage.completionTokens());
    }
  }
}
