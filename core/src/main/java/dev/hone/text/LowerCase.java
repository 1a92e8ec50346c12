package dev.hone.text;

/** Texts in small letters, for comparing them whatever their size. */
public final class LowerCase {
  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int FINAL_SIGMA = 0x3C2;
  private static final int SIGMA = 0x3C3;

  private LowerCase() {}

  /**
   * A text in small letters, sign by sign and in no language, in a time that grows with its length
   * only: {@link String#toLowerCase} takes the square of the length for a text of dotted capital I,
   * which has two small signs, and for a word of capital sigma, which it looks around. Differs from
   * it in one way: the small sigma at the end of a word is the one within it.
   */
  public static String of(String text) {
    StringBuilder small = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            sign -> {
              if (sign == DOTTED_CAPITAL_I) {
                small.append("i\u0307");
              } else {
                int letter = Character.toLowerCase(sign);
                small.appendCodePoint(letter == FINAL_SIGMA ? SIGMA : letter);
              }
            });
    return small.toString();
  }
}
