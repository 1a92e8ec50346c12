package dev.hone.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the fields out of a label such as {@code object {city: text, size: one of S | M}}. */
final class ObjectLabel {
  private ObjectLabel() {}

  static List<ReadField> parts(String label) {
    String inside =
        label.substring(
            label.indexOf('{') + 1, Math.max(label.lastIndexOf('}'), label.indexOf('{') + 1));
    List<String> pieces = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      boolean named =
          inside.startsWith(", ", i)
              && inside.substring(i + 2).matches("(?s)[\\p{L}_][\\p{L}\\p{N}_]*: .*");
      if (depth == 0 && named) {
        pieces.add(inside.substring(start, i));
        start = i + 2;
      }
    }
    pieces.add(inside.substring(start));
    return pieces.stream().filter(piece -> piece.contains(": ")).map(ObjectLabel::field).toList();
  }

  private static ReadField field(String piece) {
    int colon = piece.indexOf(": ");
    return new ReadField(piece.substring(0, colon), piece.substring(colon + 2), "", Map.of());
  }
}
