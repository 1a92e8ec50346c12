package dev.hone.adapter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the thoughts that some models write before their answer out of a reply. */
final class Thoughts {
  private static final Pattern OPEN = Pattern.compile("<(think|thinking|thought|reasoning)>");
  private static final Pattern CLOSE = Pattern.compile("</(?:think|thinking|thought|reasoning)>");
  private static final Pattern ANSWER = Pattern.compile("\\[\\[\\h*##|\\{");

  private Thoughts() {}

  /**
   * The reply without blocks such as {@code <think>…</think>} that begin before the answer does, and
   * without everything before a closing tag that was never opened. A block that is not closed goes on
   * to the end.
   */
  static String removed(String reply) {
    if (reply.indexOf("think") < 0 && reply.indexOf("thought>") < 0 && reply.indexOf("reasoning>") < 0) {
      return reply;
    }
    String rest = reply;
    while (true) {
      Matcher open = OPEN.matcher(rest);
      Matcher close = CLOSE.matcher(rest);
      boolean closes = close.find();
      boolean opens = open.find() && !answerBefore(rest, open.start());
      if (opens) {
        boolean closed = close.find(open.end());
        rest = rest.substring(0, open.start()) + (closed ? rest.substring(close.end()) : "");
      } else if (closes && !OPEN.matcher(rest).find()) {
        String after = rest.substring(close.end());
        return after.isBlank() ? rest : after;
      } else {
        return rest;
      }
    }
  }

  private static boolean answerBefore(String text, int index) {
    return ANSWER.matcher(text).region(0, index).find();
  }
}
