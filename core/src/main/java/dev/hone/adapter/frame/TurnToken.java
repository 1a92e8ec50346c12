package dev.hone.adapter.frame;

import dev.hone.text.Interrupts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token by which models mark turns and that a server left in the text, told by its form: {@code
 * <|name|>}, {@code <｜name｜>}, and those of other forms that models have. Tokens that follow one
 * another, with a role between them at most, are one.
 *
 * @param start where it begins
 * @param end the index after it
 * @param user whether it begins a turn of the user, and so a new question
 * @param opens whether it begins a turn, of whomever
 */
public record TurnToken(int start, int end, boolean user, boolean opens) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "<([|｜])[^<>|｜\\s]{1,60}\\1>|</?s>|<(?:start|end)_of_turn>|<(?:eos|bos|pad)>"
              + "|\\[/?INST]|<im_(?:start|end)>|^<(?:human|user|bot|assistant)>:",
          Pattern.MULTILINE);
  private static final Pattern ROLE =
      Pattern.compile(
          "\\s*+(?<role>user|human|assistant|model|system|tool)?+\\s*+", Pattern.CASE_INSENSITIVE);
  private static final List<String> OPENING =
      List.of("user", "human", "start", "inst", "assistant", "bot", "system");

  /** The tokens of a text, in order. */
  public static List<TurnToken> all(String text) {
    List<TurnToken> tokens = new ArrayList<>();
    if (text.indexOf('<') < 0 && text.indexOf("INST]") < 0) {
      return tokens;
    }
    Matcher matcher = TOKEN.matcher(text).useAnchoringBounds(false);
    Matcher role = ROLE.matcher(text);
    int at = opener(text, 0);
    for (int i = 1; at < text.length(); i++) {
      Interrupts.check(i);
      if (!matcher.region(at, text.length()).lookingAt()) {
        at = opener(text, at + 1);
        continue;
      }
      at = opener(text, matcher.end());
      TurnToken token = of(text, matcher, role);
      TurnToken last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
      if (last != null && last.end() >= token.start()) {
        tokens.set(tokens.size() - 1, last.with(token));
      } else {
        tokens.add(token);
      }
    }
    return tokens;
  }

  /** The next sign by which a token may begin, or the length. */
  private static int opener(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '<' && text.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  private static TurnToken of(String text, Matcher matcher, Matcher role) {
    String name = matcher.group().toLowerCase(Locale.ROOT);
    boolean closing = name.startsWith("</") || name.startsWith("[/") || name.contains("end");
    boolean opens = !closing && opensTurn(name);
    role.region(matcher.end(), text.length());
    boolean beforeRole = role.lookingAt() && role.group("role") != null && endsWord(text, role);
    String said = beforeRole ? role.group("role").toLowerCase(Locale.ROOT) : name;
    boolean user =
        said.contains("user") || said.contains("human") || !closing && name.contains("[inst");
    int end = beforeRole ? role.end() : spaceEnd(text, matcher.end());
    return new TurnToken(
        matcher.start(), end, user && (beforeRole || !closing), opens || beforeRole);
  }

  private static boolean opensTurn(String name) {
    for (String word : OPENING) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWord(String text, Matcher role) {
    int end = role.end("role");
    return end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
  }

  private static int spaceEnd(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private TurnToken with(TurnToken next) {
    return new TurnToken(start, next.end, user || next.user, opens || next.opens);
  }

  /** A text without the tokens at its beginning and its end. */
  public static String stripped(String text) {
    List<TurnToken> tokens = all(text);
    if (tokens.isEmpty()) {
      return text;
    }
    TurnToken first = tokens.get(0);
    TurnToken last = tokens.get(tokens.size() - 1);
    int start = first.start() == spaceEnd(text, 0) ? first.end() : 0;
    int end = last.end() == text.length() && last.start() >= start ? last.start() : text.length();
    return text.substring(start, end);
  }

  /** Whether the token is named within a text, as a word: spaces or quotes on both sides. */
  boolean isMention(String text) {
    if (start == 0 || end >= text.length() || opens) {
      return false;
    }
    boolean before = " \t`\"'“(".indexOf(text.charAt(start - 1)) >= 0;
    int last = end;
    while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    boolean sameLine = text.substring(last, end).indexOf('\n') < 0;
    return before && sameLine;
  }
}
