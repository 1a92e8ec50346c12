package dev.hone.local;

import java.util.List;
import java.util.Locale;

/**
 * A text that an agent could pass to a tool, and where it comes from.
 *
 * @param text the text
 * @param source where it comes from
 * @param form what it looks like
 * @param left the words before it within its sentence, nearest first
 * @param right the words after it within its sentence, nearest first
 * @param line the line of the result that it stands in; empty for others
 * @param rank which line of its result that is, from 0
 */
record TextSpan(
    String text,
    Source source,
    Form form,
    List<String> left,
    List<String> right,
    String line,
    int rank) {
  /** Where a text comes from. */
  enum Source {
    /** A whole input. */
    INPUT("the whole question, word for word"),
    /** A name within an input. */
    INPUT_NAME("only the name that is in the question"),
    /** A piece of what a tool returned. */
    RESULT("a name or value found in an earlier result"),
    /** A name, and the words of the input that are no names. */
    COMPOSED("a name together with keywords of the question");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    /** What a description would call it. */
    String words() {
      return words;
    }
  }

  /** What a text looks like. */
  enum Form {
    /** Digits. */
    NUMBER("a year or number"),
    /** Words with capitals. */
    NAME("a name"),
    /** A few words. */
    WORDS("one or two words"),
    /** A sentence, or more. */
    SENTENCE("a full sentence");

    private final String words;

    Form(String words) {
      this.words = words;
    }

    /** What a description would call it. */
    String words() {
      return words;
    }
  }

  /** The text as it is compared with others. */
  String key() {
    return key(text);
  }

  static String key(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** It with other words after it, in the same place. */
  TextSpan composedWith(String others) {
    return new TextSpan(text + " " + others, Source.COMPOSED, Form.WORDS, left, right, line, rank);
  }

  long words() {
    return TextTokens.count(text);
  }
}
