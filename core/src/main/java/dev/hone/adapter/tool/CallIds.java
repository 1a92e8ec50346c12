package dev.hone.adapter.tool;

import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The ids by which results refer to calls: those of the provider, or made up by counting, in the
 * form that the strictest provider takes (nine letters and digits). Not thread-safe.
 */
public final class CallIds {
  private final Set<String> used = new HashSet<>();
  private int made;

  /** The id of a call of a turn, both counted from 1. */
  public static String of(int turn, int call) {
    return String.format(Locale.ROOT, "t%04dc%03d", turn, call);
  }

  /** A call with an id that none before it has. */
  public ToolCall unique(ToolCall call) {
    if (!call.id().isEmpty() && used.add(call.id())) {
      return call;
    }
    String id;
    do {
      id = of(0, ++made);
    } while (!used.add(id));
    return MessagePart.toolCall(id, call.name(), call.arguments());
  }
}
