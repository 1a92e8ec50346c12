package dev.hone.adapter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the thoughts that some models write before their answer out of a reply. */
final class Thoughts {
  private static final Pattern OPEN = Pattern.compile("<(?:think|thinking|thought)>");
  private static final Pattern CLOSE = Pattern.compile("</(?:think|thinking|thought)>");
  private static final Pattern ANSWER = Pattern.compile("\\[\\[\\h*##|\\{");

  private Thoughts() {}

  /**
   * The reply without blocks such as {@code <think>…</think>} that begin before the answer does,
   * and without what is before a closing tag that was never opened. A block that is not closed goes
   * on to the end.
   */
  static String removed(String reply) {
    if (!reply.contains("think>") && !reply.contains("thinking>") && !reply.contains("thought>")) {
      return reply;
    }
    Matcher open = OPEN.matcher(reply);
    Matcher close = CLOSE.matcher(reply);
    if (!open.find()) {
      return close.find() ? orWhole(reply.substring(close.end()), reply) : reply;
    }
    StringBuilder answer = new StringBuilder();
    int from = 0;
    do {
      if (ANSWER.matcher(reply).region(from, open.start()).find()) {
        break;
      }
      answer.append(reply, from, open.start());
      from = close.find(open.end()) ? close.end() : reply.length();
    } while (from < reply.length() && open.find(from));
    return answer.append(reply, from, reply.length()).toString();
  }

  private static String orWhole(String rest, String whole) {
    return rest.isBlank() ? whole : rest;
  }
}
