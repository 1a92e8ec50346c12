package dev.hone.adapter.frame;

import dev.hone.text.Interrupts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a reply in which its answer is: without thoughts before it. */
public final class ReplyText {
  private static final Pattern CHANNEL =
      Pattern.compile("<\\|channel\\|>[^<]{0,100}<\\|message\\|>");
  private static final Pattern FINAL_CHANNEL =
      Pattern.compile("<\\|channel\\|>\\s*+final[^<]{0,100}<\\|message\\|>");

  private ReplyText() {}

  /**
   * A reply without the reasoning before its answer; what is in its final channel, if it has
   * channels. Empty if it ends within its thoughts.
   */
  public static String answer(String reply, HeaderNames names) {
    Interrupts.check();
    return ReasoningBlocks.removed(inFinalChannel(unquoted(reply)), names);
  }

  /** A reply without the reasoning before its answer, with all of its channels. */
  public static String withoutThoughts(String reply, HeaderNames names) {
    Interrupts.check();
    return ReasoningBlocks.removed(unquoted(reply), names);
  }

  /** A text without the pairs of tags that it begins with. */
  public static String withoutLeadingBlocks(String text) {
    if (!text.stripLeading().startsWith("<") && !text.stripLeading().startsWith("◁")) {
      return text;
    }
    int from = 0;
    for (Block block : Blocks.of(text)) {
      if (block.start() < from) {
        continue;
      }
      if (!text.substring(from, block.start()).isBlank() || Block.isAnswer(block.name())) {
        break;
      }
      from = block.end();
    }
    return text.substring(from);
  }

  private static String inFinalChannel(String reply) {
    if (reply.indexOf("<|channel|>") < 0 || !CHANNEL.matcher(reply).find()) {
      return reply;
    }
    Matcher last = FINAL_CHANNEL.matcher(reply);
    if (last.find()) {
      return reply.substring(last.end());
    }
    boolean thoughtsOnly = reply.stripLeading().startsWith("<|channel|>");
    return thoughtsOnly ? "" : reply;
  }

  /** A reply all of whose lines are quoted, without the signs of that. */
  private static String unquoted(String reply) {
    if (!reply.startsWith(">")) {
      return reply;
    }
    boolean all = reply.lines().allMatch(line -> line.isBlank() || line.startsWith(">"));
    return all ? reply.replaceAll("(?m)^> ?", "") : reply;
  }
}
