package dev.hone.adapter;

import dev.hone.adapter.frame.ReplyText;
import dev.hone.adapter.tool.CallReader;
import dev.hone.adapter.tool.NativeReply;
import dev.hone.adapter.turn.PromptText;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.type.Field;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads replies that call tools: by parts, in the frame that was asked for, or in the model's own
 * way, of which only the second needs no more than the frame. Shared by all adapters.
 */
final class CallReplies {
  private final PromptText prompt;
  private final CallReader reader;
  private final boolean byParts;
  private final boolean complete;
  private final Replies.Form form;

  /**
   * A reader.
   *
   * @param form the form that was asked for
   * @param complete whether the model ended the reply
   */
  CallReplies(Echoes echoes, Replies.Form form, boolean complete) {
    this.prompt = echoes.text();
    this.reader = echoes.callReader();
    this.byParts = echoes.prompt().callsByParts();
    this.complete = complete;
    this.form = form;
  }

  /**
   * The outputs of a reply.
   *
   * @param usual what reads them in the adapter's own frame
   */
  ObjectNode read(LmResponse response, Function<LmResponse, ObjectNode> usual) {
    try {
      if (prompt.calls().only() && NativeReply.hasCalls(response)) {
        return parts(response);
      }
      return text(response, usual);
    } catch (TypeMismatchException e) {
      throw ReplyErrors.unfit(e);
    }
  }

  private ObjectNode parts(LmResponse response) {
    if (!complete) {
      throw new ReplyFormatException("", "The reply ends within its tool calls, or before others.");
    }
    return NativeReply.read(response, reader);
  }

  private ObjectNode text(LmResponse response, Function<LmResponse, ObjectNode> usual) {
    ReplyFormatException problem;
    try {
      return checked(usual.apply(response), response.text());
    } catch (ReplyFormatException e) {
      problem = e;
    }
    String reply = response.text();
    if (!complete || !prompt.calls().only() || hasCallsInFrame(reply)) {
      throw problem;
    }
    String said = ReplyText.withoutThoughts(reply, prompt.names());
    Optional<ObjectNode> own = reader.ofReply(said);
    if (own.isPresent()) {
      return own.get();
    }
    if (byParts && !said.isBlank()) {
      return reader.outputs(said.strip(), Json.array());
    }
    throw byParts
        ? new ReplyFormatException("", "The reply has neither a tool call nor a text.")
        : problem;
  }

  /** Whether a reply has calls where they were asked for; they are then read there or nowhere. */
  private boolean hasCallsInFrame(String reply) {
    Field calls = prompt.calls().calls();
    if (calls == null) {
      return true;
    }
    String name = Pattern.quote(calls.name());
    String tag = form == Replies.Form.TAGS ? "|<\\s{0,3}" + name + "[\\s>]" : "";
    return Pattern.compile("##\\s{0,3}" + name + "\\s{0,3}##|\"" + name + "\"\\s{0,3}:" + tag)
        .matcher(reply)
        .find();
  }

  /** Refuses an answer without calls beside which calls stand in the model's own way. */
  private ObjectNode checked(ObjectNode outputs, String reply) {
    Field calls = prompt.calls().calls();
    if (calls != null && outputs.path(calls.name()).isEmpty() && reader.hasMarked(reply)) {
      throw new ReplyFormatException(
          calls.name(),
          "The reply's section %s has no calls, but a call stands elsewhere in it."
              .formatted(calls.name()));
    }
    return outputs;
  }
}
