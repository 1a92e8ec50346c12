package dev.hone.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The turns of a conversation, in order. Immutable. */
public final class Conversation {
  private static final Pattern BEGIN =
      Pattern.compile(
          "\\s*([\\p{L}][\\p{L}\\p{N}_.'-]{0,29}(?: [\\p{L}\\p{N}_.'-]{1,30}){0,2}):(?:\\s+(.*)|)");

  private final List<Turn> turns;

  private Conversation(List<Turn> turns) {
    this.turns = List.copyOf(turns);
  }

  /** A conversation of these turns. */
  public static Conversation of(List<Turn> turns) {
    return new Conversation(turns);
  }

  /**
   * Reads a text whose turns begin with {@code Speaker: words}, each on a new line; a line without
   * a speaker goes on with the turn before it. A speaker is a name of one to three words. A line
   * such as {@code Note: call back} begins a turn of {@code Note}, unless the speakers are named.
   * Lines before the first turn are dropped; a text without any has no turns.
   *
   * @param speakers the names that count, in any case; none for all
   */
  public static Conversation parse(String text, String... speakers) {
    Set<String> names =
        Arrays.stream(speakers).map(Conversation::folded).collect(Collectors.toUnmodifiableSet());
    List<Turn> turns = new ArrayList<>();
    @Nullable String speaker = null;
    StringBuilder words = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher begin = BEGIN.matcher(line);
      if (begin.matches() && (names.isEmpty() || names.contains(folded(begin.group(1))))) {
        add(turns, speaker, words);
        speaker = begin.group(1);
        words = new StringBuilder(begin.group(2) == null ? "" : begin.group(2));
      } else {
        words.append('\n').append(line);
      }
    }
    add(turns, speaker, words);
    return new Conversation(turns);
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static void add(List<Turn> turns, @Nullable String speaker, StringBuilder words) {
    if (speaker != null) {
      turns.add(new Turn(speaker, words.toString()));
    }
  }

  /** The turns; read-only. */
  public List<Turn> turns() {
    return turns;
  }

  /** Its first turns, this number of them or all there are. */
  public Conversation first(int count) {
    return new Conversation(turns.subList(0, Math.min(count, turns.size())));
  }

  /** Its turns from a position, counted from 0. */
  Conversation from(int position) {
    return new Conversation(turns.subList(position, turns.size()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Conversation conversation && turns.equals(conversation.turns);
  }

  @Override
  public int hashCode() {
    return turns.hashCode();
  }

  /** A turn a line, {@code Speaker: words}. */
  @Override
  public String toString() {
    return turns.stream().map(Turn::toString).collect(Collectors.joining("\n"));
  }
}
