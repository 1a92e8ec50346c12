package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.lm.ToolSpec;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds calls in a text by the signs that models of other makers put around them, and which their
 * servers did not read. Time grows with the length of the text. Not thread-safe.
 *
 * <p>What is in inline code is named, not called. What follows a result that the model made up is
 * not read, unless the calls before it are those of an earlier turn, told again.
 */
public final class CallTexts {
  private static final Pattern SIGN =
      Pattern.compile(
          "<(?<tag>tool_calls?|function_calls?|tools)>"
              + "|<function=(?<function>[\\w.:-]{1,80})>"
              + "|<invoke name=\"(?<invoke>[\\w.:-]{1,80})\">"
              + "|(?<mistral>\\[TOOL_CALLS])"
              + "|(?<python><\\|python_tag\\|>)"
              + "|<[|｜]tool[▁_]call[▁_]begin[|｜]>(?<token>[^<\\n]{0,100})"
              + "<[|｜]tool(?:[▁_]sep|_call_argument_begin)[|｜]>"
              + "|to=functions\\.(?<harmony>[\\w-]{1,64})[^{}\\n]{0,80}(?=\\{)"
              + "|^[ \\t*#]{0,6}Action[ \\t*]{0,4}:[ \\t*`]{0,6}(?<action>[\\w.-]{1,80})[ \\t`*]*+\\R"
              + "|(?<result><tool_(?:response|result|output)>|</?[|｜]tool[▁_]outputs?[▁_]begin[|｜]>"
              + "|<function_results>|^[ \\t*#]{0,6}Observation[ \\t*]{0,4}:)",
          Pattern.MULTILINE);

  private final String text;
  private final String path;
  private final CallBodies bodies;
  private final Map<String, Integer> closes = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private List<CallForm> segment = new ArrayList<>();
  private int first = -1;
  private int after;

  private CallTexts(String text, String path, List<ToolSpec> tools) {
    this.text = text;
    this.path = path;
    this.bodies = new CallBodies(path, new ToolTypes(tools));
  }

  /**
   * Calls without a result between them.
   *
   * @param from the index after the sign of the result before them; 0 for none
   * @param start where the sign of the first begins
   */
  record Segment(int from, int start, List<CallForm> calls) {}

  /** The calls of a text, cut where it has a result. */
  record Found(List<Segment> segments) {}

  /**
   * Finds calls with signs around them.
   *
   * @param path the name of the output; for errors
   * @throws TypeMismatchException if there is a sign, and what follows it can be read in no way, or
   *     in two
   */
  static Optional<Found> find(String text, String path, List<ToolSpec> tools) {
    return new CallTexts(text, path, tools).found();
  }

  private Optional<Found> found() {
    Matcher matcher = SIGN.matcher(text);
    int from = 0;
    for (int i = 1; from <= text.length() && matcher.find(from); i++) {
      Interrupts.check(i);
      from = matcher.end();
      if (isNamed(matcher.start())) {
        continue;
      }
      if (matcher.group("result") != null) {
        endSegment(matcher.end());
        continue;
      }
      int count = segment.size();
      from = Math.max(from, read(matcher));
      first = count == 0 && !segment.isEmpty() ? matcher.start() : first;
    }
    endSegment(text.length());
    return segments.isEmpty() ? Optional.empty() : Optional.of(new Found(segments));
  }

  private void endSegment(int end) {
    if (!segment.isEmpty()) {
      segments.add(new Segment(after, first, segment));
      segment = new ArrayList<>();
    }
    after = end;
  }

  /** Whether a sign stands in inline code, or in quotation marks. */
  private boolean isNamed(int at) {
    return at > 0 && "`\"'“".indexOf(text.charAt(at - 1)) >= 0;
  }

  /** Reads the calls behind a sign; the index to go on at. */
  private int read(Matcher sign) {
    int at = sign.end();
    String tag = sign.group("tag");
    if (tag != null) {
      return tagged(sign, tag);
    }
    String function = sign.group("function");
    if (function != null) {
      return function(function, "</function>", at);
    }
    String invoke = sign.group("invoke");
    if (invoke != null) {
      return function(invoke, "</invoke>", at);
    }
    return sign.group("mistral") != null || sign.group("python") != null ? listed(at) : named(sign);
  }

  private int function(String name, String close, int at) {
    int end = close(close, at);
    if (end == text.length()) {
      throw bodies.cutOff(text.substring(at));
    }
    segment.add(bodies.ofFunction(name, text.substring(at, end)));
    return end;
  }

  /** A pair of tags: JSON, or signs of another kind within, which are read on their own. */
  private int tagged(Matcher sign, String tag) {
    int at = sign.end();
    int end = close("</" + tag + ">", at);
    String body = text.substring(at, Math.min(end, nextTag(tag, at)));
    String bare = body.strip();
    if (bare.startsWith("<function=")
        || bare.startsWith("<invoke ")
        || bare.startsWith("<tool_call>")) {
      return at;
    }
    boolean closed = at + body.length() == end && end < text.length();
    if (closed && isInSentence(sign.start(), end + tag.length() + 3)) {
      throw unreadable(path, body, "a call stands within a sentence, so it may be quoted only");
    }
    segment.addAll(bodies.ofTag(body, closed));
    return at + body.length();
  }

  /** Whether there is a text before a pair of tags, and a word behind it, on the same line. */
  private boolean isInSentence(int start, int end) {
    int left = start - 1;
    while (left >= 0 && " \t".indexOf(text.charAt(left)) >= 0) {
      left--;
    }
    int right = end;
    while (right < text.length() && " \t,;".indexOf(text.charAt(right)) >= 0) {
      right++;
    }
    return left >= 0
        && right < text.length()
        && "\n\r>".indexOf(text.charAt(left)) < 0
        && Character.isLetterOrDigit(text.codePointAt(right));
  }

  private int nextTag(String tag, int from) {
    return close("<" + tag + ">", from);
  }

  /** What follows a token without an end of its own: up to the next such token. */
  private int listed(int at) {
    int end = Math.min(close("[TOOL_CALLS]", at), close("<|", at));
    segment.addAll(bodies.ofList(text.substring(at, end), end < text.length()));
    return end;
  }

  /** A call whose name stands in its sign. */
  private int named(Matcher sign) {
    int at = sign.end();
    String harmony = sign.group("harmony");
    if (harmony != null) {
      int end = close("<|", at);
      segment.add(bodies.ofName(harmony, text.substring(at, end), end < text.length()));
      return end;
    }
    String action = sign.group("action");
    if (action != null) {
      int end = nextLabel(at);
      if (!action.equalsIgnoreCase("none") && !action.equalsIgnoreCase("n")) {
        segment.add(bodies.ofAction(action, text.substring(at, end), end < text.length()));
      }
      return end;
    }
    return token(sign, at);
  }

  /** A call between tokens; before older ones the name stands on a line behind the token. */
  private int token(Matcher sign, int at) {
    int end = Math.min(close("<|tool", at), close("<｜tool", at));
    String body = text.substring(at, end);
    String name = bodies.nameOfToken(sign.group("token"));
    if (name.equals("function")) {
      int line = body.indexOf('\n');
      name = line < 0 ? "" : body.substring(0, line).strip();
      body = line < 0 ? body : body.substring(line);
    }
    segment.add(bodies.ofName(name, body, end < text.length()));
    return end;
  }

  private static final Pattern LABEL =
      Pattern.compile(
          "^[ \\t*#]{0,6}(?:Observation|Thought|Action|Final Answer|Question)[ \\t*]{0,4}:",
          Pattern.MULTILINE);

  private int nextLabel(int from) {
    Matcher matcher = LABEL.matcher(text);
    return matcher.find(from) ? matcher.start() : text.length();
  }

  /** The next place of a text from an index on, or the end; each is looked for once. */
  private int close(String sign, int from) {
    Integer known = closes.get(sign);
    if (known == null || known < from) {
      int at = text.indexOf(sign, from);
      known = at < 0 ? text.length() : at;
      closes.put(sign, known);
    }
    return known;
  }

  /** Where the first sign of a call stands that is not only named; -1 for none. */
  static int first(String text) {
    CallTexts texts = new CallTexts(text, "", List.of());
    Matcher matcher = SIGN.matcher(text);
    while (matcher.find()) {
      if (!texts.isNamed(matcher.start()) && matcher.group("result") == null) {
        return matcher.start();
      }
    }
    return -1;
  }

  /** The error for calls that cannot be read. */
  static TypeMismatchException unreadable(String path, String body, String why) {
    return new TypeMismatchException(
        path, "%s: found \"%s\"".formatted(why, Excerpt.ofLine(Excerpt.prefix(body, 400), 80)));
  }
}
