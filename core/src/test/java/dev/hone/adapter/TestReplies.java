package dev.hone.adapter;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads replies to prompts whose instructions, demos and input do not matter. */
final class TestReplies {
  private TestReplies() {}

  /** The fields of a reply that its model ended. */
  static ObjectNode read(Adapter adapter, Signature<?, ?> signature, String reply) {
    return adapter.parse(
        Prompt.of(signature, "", List.of(), Json.object()),
        LmResponse.of(reply, LmUsage.UNKNOWN, "test"));
  }
}
