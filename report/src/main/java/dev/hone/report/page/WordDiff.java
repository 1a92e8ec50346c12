package dev.hone.report.page;

import dev.hone.text.LineDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What changed between two texts, word by word. */
public final class WordDiff {
  private static final Pattern WORD = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|[^\\s\\p{L}\\p{N}_]");
  private static final int MOST_WORDS = 4_000;

  private WordDiff() {}

  /**
   * A piece of a text.
   *
   * @param text its words with what stands between them
   * @param changed whether the other text does not have it here
   */
  public record Piece(String text, boolean changed) {}

  /** The first text, with what the second does not have. */
  public static List<Piece> before(String before, String after) {
    return side(before, after, "- ");
  }

  /** The second text, with what the first does not have. */
  public static List<Piece> after(String before, String after) {
    return side(before, after, "+ ");
  }

  private static List<Piece> side(String before, String after, String own) {
    List<String> old = words(before);
    List<String> now = words(after);
    if (before.isEmpty() || after.isEmpty() || old.size() + now.size() > MOST_WORDS) {
      String text = own.equals("- ") ? before : after;
      return List.of(new Piece(text, !before.equals(after)));
    }
    List<Piece> pieces = new ArrayList<>();
    for (String line : LineDiff.of(old, now)) {
      if (line.startsWith("  ") || line.startsWith(own)) {
        add(pieces, line.substring(2), line.startsWith(own));
      }
    }
    return joined(pieces);
  }

  private static void add(List<Piece> pieces, String text, boolean changed) {
    int last = pieces.size() - 1;
    if (last >= 0 && pieces.get(last).changed() == changed) {
      pieces.set(last, new Piece(pieces.get(last).text() + text, changed));
    } else {
      pieces.add(new Piece(text, changed));
    }
  }

  /** A space that stayed between two changes is no island. */
  private static List<Piece> joined(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      boolean island =
          !piece.changed()
              && piece.text().isBlank()
              && i > 0
              && i + 1 < pieces.size()
              && !piece.text().contains("\n");
      add(result, piece.text(), piece.changed() || island);
    }
    return result;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
