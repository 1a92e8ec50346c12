package dev.hone.lm.bridge;

import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.text.CallIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every tool call of a conversation an id of its own, and its result the same. Providers pair
 * calls and results by their ids and refuse what they cannot pair; but some models give no ids, the
 * same at every turn, or one to two calls, and calls of demos come from other conversations.
 */
public final class DistinctCalls {
  private final CallIds free = new CallIds();
  private List<ToolCall> given = new ArrayList<>();
  private List<String> ids = new ArrayList<>();

  private DistinctCalls() {}

  /** The messages with ids that are there and different; the same ones if all are already. */
  public static List<LmMessage> distinct(List<LmMessage> messages) {
    if (!anyCalls(messages)) {
      return messages;
    }
    DistinctCalls calls = new DistinctCalls();
    return messages.stream().map(calls::message).toList();
  }

  private static boolean anyCalls(List<LmMessage> messages) {
    for (LmMessage message : messages) {
      for (MessagePart part : message.parts()) {
        if (part instanceof ToolCall || part instanceof ToolResult) {
          return true;
        }
      }
    }
    return false;
  }

  private LmMessage message(LmMessage message) {
    return switch (message.role()) {
      case ASSISTANT -> withParts(message, calls(message.parts()));
      case TOOL -> withParts(message, results(message.parts()));
      case SYSTEM, USER -> message;
    };
  }

  private static LmMessage withParts(LmMessage message, List<MessagePart> parts) {
    return parts.equals(message.parts()) ? message : LmMessage.of(message.role(), parts);
  }

  private List<MessagePart> calls(List<MessagePart> parts) {
    given = new ArrayList<>();
    ids = new ArrayList<>();
    List<MessagePart> changed = new ArrayList<>();
    for (MessagePart part : parts) {
      if (part instanceof ToolCall call) {
        String id = free.distinct(call.id());
        given.add(call);
        ids.add(id);
        changed.add(MessagePart.toolCall(id, call.name(), call.arguments()));
      } else {
        changed.add(part);
      }
    }
    return changed;
  }

  /** Each result goes to the first call with its id that has none yet. */
  private List<MessagePart> results(List<MessagePart> parts) {
    List<MessagePart> changed = new ArrayList<>();
    for (MessagePart part : parts) {
      int index = part instanceof ToolResult result ? indexOf(result.callId()) : -1;
      if (index < 0) {
        changed.add(part);
      } else {
        ToolResult result = (ToolResult) part;
        changed.add(
            MessagePart.toolResult(
                ids.remove(index), result.name(), result.content(), result.isError()));
        given.remove(index);
      }
    }
    return changed;
  }

  private int indexOf(String id) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
