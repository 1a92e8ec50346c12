package dev.hone.replies;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One reply with what a careful reader takes it for.
 *
 * @param place the file and the line where the case begins
 * @param id the entry of the list of faults that it shows; "-" for none
 * @param title what it shows
 * @param source the public report that it was rebuilt from; empty for none
 * @param adapters the adapters that read it
 * @param prompt what was asked
 * @param reply the text of the reply
 * @param reasoning the thoughts that came beside the text; null for none
 * @param stop why the reply ended
 * @param expected the output fields of each acceptable reading
 * @param refusable whether refusing is acceptable
 */
record ReplyCase(
    String place,
    String id,
    String title,
    String source,
    List<Adapter> adapters,
    Prompt prompt,
    String reply,
    @Nullable String reasoning,
    StopReason stop,
    List<ObjectNode> expected,
    boolean refusable) {

  /** Whether an adapter reads the reply in an acceptable way; what it did otherwise. */
  @Nullable String fault(Adapter adapter) {
    LmResponse response =
        LmResponse.builder().text(reply).reasoning(reasoning).stopReason(stop).build();
    try {
      ObjectNode read = adapter.parse(prompt, response);
      boolean right =
          expected.stream()
              .anyMatch(value -> SameValue.of(prompt.signature().outputFields(), value, read));
      return right ? null : "read as " + read;
    } catch (ReplyFormatException refused) {
      return refusable ? null : "refused: " + refused.getMessage();
    }
  }

  /** What is acceptable, for messages. */
  String acceptable() {
    return expected + (refusable ? " or refused" : "");
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(place, id, title);
  }
}
