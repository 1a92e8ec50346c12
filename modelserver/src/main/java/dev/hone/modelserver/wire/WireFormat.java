package dev.hone.modelserver.wire;

import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One protocol, seen from the server: requests into Hone's, replies and errors out of them. */
public interface WireFormat {
  /** The request that a body asks for. */
  LmRequest request(ObjectNode body);

  /** A reply as one body. */
  ObjectNode reply(ObjectNode body, LmResponse reply);

  /** A reply as a stream; texts come in pieces of this number of characters. */
  List<StreamEvent> stream(ObjectNode body, LmResponse reply, int pieceLength);

  /** What is said of an error. */
  WireAnswer error(WireError error, String message);

  /** A text in pieces of a number of characters, none of which is half a one; none if empty. */
  static List<String> pieces(String text, int length) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int rest = text.codePointCount(start, text.length());
      int end = text.offsetByCodePoints(start, Math.min(length, rest));
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
