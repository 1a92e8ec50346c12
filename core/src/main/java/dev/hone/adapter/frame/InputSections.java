package dev.hone.adapter.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a reply whose answers are no sections: sections of inputs, turns of the user.
 */
public final class InputSections {
  private final String reply;
  private final List<Header> headers;
  private final List<TurnToken> turns;

  private InputSections(String reply, List<Header> headers, List<TurnToken> turns) {
    this.reply = reply;
    this.headers = headers;
    this.turns = turns;
  }

  /** The questions of a reply. */
  public static InputSections of(String reply, HeaderNames names) {
    List<Header> headers =
        Header.all(reply, names).stream()
            .filter(header -> names.isInput(header.name()) && header.form() != Header.Form.WEAK)
            .toList();
    List<TurnToken> turns = TurnToken.all(reply).stream().filter(TurnToken::user).toList();
    return new InputSections(reply, headers, turns);
  }

  /** The question between two places; null if there is none. */
  public @Nullable Question question(int from, int to) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      if (header.start() >= from && header.end() <= to) {
        int next = i + 1 < headers.size() ? Math.min(to, headers.get(i + 1).start()) : to;
        values.put(String.valueOf(header.name()), reply.substring(header.end(), next).strip());
      }
    }
    boolean asks = turns.stream().anyMatch(turn -> turn.start() >= from && turn.end() <= to);
    return asks || !values.isEmpty() ? new Question(values) : null;
  }
}
