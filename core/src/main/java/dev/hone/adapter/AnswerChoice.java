package dev.hone.adapter;

import dev.hone.adapter.Candidate.Asked;
import dev.hone.adapter.frame.HandOver;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place that decides which stretch of a reply is its answer: the last candidate before a
 * new question begins, where what stands between it and those before it hands over to it. Equal
 * ones are one. Where two that differ remain, the reply is refused with both.
 */
final class AnswerChoice {
  private static final int SHOWN_CHARS = 120;
  private static final int MAX_DRAFTS = 16;

  private final String reply;
  private final Echoes echoes;

  /**
   * A choice.
   *
   * @param reply what the candidates are stretches of
   */
  AnswerChoice(String reply, Echoes echoes) {
    this.reply = reply;
    this.echoes = echoes;
  }

  /**
   * The candidate that is the answer.
   *
   * @param candidates at least one, in order
   * @param rivals those in tags after all of them, which may be meant instead
   * @throws ReplyFormatException if its values do not fit, or another may as well be the answer
   */
  Candidate of(List<Candidate> candidates, List<Candidate> rivals) {
    List<Candidate> pool = beforeNewQuestion(ofBestQuestion(candidates));
    Candidate answer = pool.get(pool.size() - 1);
    if (answer.asked() == Asked.EXAMPLE) {
      throw new ReplyFormatException("", "The reply only repeats an example of the prompt.");
    }
    ObjectNode values = answer.fitting();
    Candidate next = answer;
    boolean denied = pool.size() > 1 && HandOver.denied(reply, answer.end());
    int handOvers = 0;
    for (int i = pool.size() - 2; i >= 0; i--) {
      Interrupts.check(i);
      Candidate before = pool.get(i);
      ObjectNode earlier = before.values();
      if (earlier == null) {
        continue;
      }
      boolean differs = !earlier.equals(next.values());
      if (differs && (denied || ++handOvers > MAX_DRAFTS || !handsOver(before, next))) {
        throw new ReplyFormatException("", twoReadings(earlier, values));
      }
      next = before;
    }
    for (int i = 0; i < rivals.size(); i++) {
      Interrupts.check(i);
      ObjectNode other = rivals.get(i).values();
      if (other != null && !other.equals(values)) {
        throw new ReplyFormatException("", twoReadings(values, other));
      }
    }
    return answer;
  }

  private static List<Candidate> ofBestQuestion(List<Candidate> candidates) {
    if (candidates.size() == 1) {
      return candidates;
    }
    Asked best = candidates.stream().map(Candidate::asked).min(Asked::compareTo).orElse(Asked.THIS);
    return candidates.stream().filter(candidate -> candidate.asked() == best).toList();
  }

  /** Those before prose that asks the next question, unless prose asks one before all of them. */
  private List<Candidate> beforeNewQuestion(List<Candidate> pool) {
    if (pool.size() == 1 || echoes.asks(reply.substring(0, pool.get(0).start()))) {
      return pool;
    }
    for (int i = 1; i < pool.size(); i++) {
      if (echoes.asks(between(pool.get(i - 1), pool.get(i)))) {
        return pool.subList(0, i);
      }
    }
    return pool;
  }

  private boolean handsOver(Candidate before, Candidate next) {
    return !next.anew()
        && !echoes.asks(between(before, next))
        && HandOver.in(reply, before.end(), next.start());
  }

  private String between(Candidate before, Candidate next) {
    return reply.substring(before.end(), Math.max(before.end(), next.start()));
  }

  /** What says that a reply has two answers. */
  static String twoReadings(ObjectNode one, ObjectNode other) {
    return "The reply has two answers, and nothing tells which is meant: %s, or %s."
        .formatted(shown(one), shown(other));
  }

  private static String shown(ObjectNode values) {
    return Excerpt.of(Json.write(values), SHOWN_CHARS);
  }
}
