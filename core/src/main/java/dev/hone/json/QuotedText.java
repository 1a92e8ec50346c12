package dev.hone.json;

import dev.hone.json.AfterQuote.Sign;
import dev.hone.text.Excerpt;

/**
 * Reads one quoted text. A quote ends it if what follows can follow it; other quotes belong to it:
 * those in pairs, apostrophes, and signs for inches. Where a quote may be either, or the text may
 * have swallowed what comes after it, there is a doubt. One use, not thread-safe.
 */
final class QuotedText {
  private static final int SHOWN_CHARS = 30;
  private static final String BEFORE_OPENING = "([{<,;:/+*=-–—";

  private final LenientText text;
  private final Doubt doubt;
  private final AfterQuote after;
  private final int start;
  private final char quote;
  private final boolean straight;
  private final Backslashes backslashes;
  private final StringBuilder value = new StringBuilder();
  private int at;
  private int open;
  private int lastInner = -2;
  private boolean doubled;
  private boolean repaired;
  private boolean cut;

  QuotedText(LenientText text, Doubt doubt, int start, AfterQuote after) {
    this.text = text;
    this.doubt = doubt;
    this.after = after;
    this.start = start;
    this.quote = text.at(start);
    this.straight = "\"“”".indexOf(quote) >= 0;
    this.backslashes = new Backslashes(text, doubt, start);
  }

  /** The index after the text. */
  int position() {
    return at;
  }

  /** Whether it was anything but a string of strict JSON. */
  boolean repaired() {
    return repaired || quote != '"' || backslashes.repaired();
  }

  /** Whether the whole ends within it. */
  boolean cut() {
    return cut;
  }

  /** Reads the text; what it means where there is a doubt does not matter. */
  String read() {
    at = start + 1;
    while (at < text.length()) {
      char c = text.at(at);
      if (c == '\\') {
        at = backslashes.read(at, value);
      } else if (LenientText.closes(quote, c) && ends(after.sign(at + 1))) {
        return end();
      } else {
        repaired |= c < ' ';
        open += c == '“' && quote == '“' ? 1 : 0;
        value.append(c);
        at++;
      }
    }
    cut = true;
    repaired = true;
    return value.toString();
  }

  private String end() {
    if (open > 0 || doubled && lastInner == at - 1) {
      endInDoubt();
    }
    at++;
    return backslashes.asWritten(at - 1, value.toString());
  }

  /** Whether the quote here ends the text; if not, it is noted as one within. */
  private boolean ends(Sign sign) {
    boolean ends = sign == Sign.END || sign == Sign.NEXT && open == 0;
    if (!ends) {
      repaired = true;
      if (sign == Sign.COLON) {
        inDoubt("the name of a value can end here, or the text can go on with this quote in it");
      } else if (sign == Sign.JOIN) {
        inDoubt("the texts beside the sign + can be joined, or be one text with quotes in it");
      }
      inner(sign);
    }
    return ends;
  }

  private void inner(Sign sign) {
    boolean opens = opens();
    boolean apostrophe = !straight && Character.isLetterOrDigit(before()) && isWord(at + 1);
    if (lastInner == at - 1) {
      inDoubt("doubled quotes can be one quote of the text, two, or its end");
    } else if (!apostrophe && open > 0) {
      open += opens && text.blankAt(at - 1) ? 1 : -1;
    } else if (!apostrophe && opens) {
      open++;
    } else if (!apostrophe && (sign != Sign.TEXT || !standsAlone())) {
      endInDoubt();
    }
    doubled |= at == start + 1;
    lastInner = at;
  }

  private boolean opens() {
    boolean afterSpace = at == start + 1 || text.blankAt(at - 1);
    return !text.blankAt(at + 1) && (afterSpace || BEFORE_OPENING.indexOf(before()) >= 0);
  }

  /** Whether a quote without a partner is one of a text: an inch, or the apostrophe of a plural. */
  private boolean standsAlone() {
    return straight ? Character.isDigit(before()) : Character.isLetter(before());
  }

  private char before() {
    return text.at(at - 1);
  }

  private boolean isWord(int index) {
    return Character.isLetterOrDigit(text.at(index));
  }

  private void endInDoubt() {
    if (doubt.exists()) {
      return;
    }
    String shown = Excerpt.end(Excerpt.singleSpaced(tail()), SHOWN_CHARS);
    inDoubt("the text can end here, with `" + shown + "`, or go on with this quote in it");
  }

  private String tail() {
    return value.substring(Math.max(0, value.length() - 2 * SHOWN_CHARS));
  }

  private void inDoubt(String readings) {
    doubt.at(at, readings);
  }
}
