package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final List<String> CHARACTERS = List.of("a", " ", "\n", "\t", "é", "😀", "𝒳");

  @Test
  void leavesATextThatFitsAsItIs() {
    assertThat(Excerpt.of("abcd", 4)).isEqualTo("abcd");
    assertThat(Excerpt.beginning("abcd", 4)).isEqualTo("abcd");
    assertThat(Excerpt.end("abcd", 4)).isEqualTo("abcd");
    assertThat(Excerpt.counted("abcd", 4)).isEqualTo("abcd");
    assertThat(Excerpt.prefix("abcd", 4)).isEqualTo("abcd");
  }

  @Test
  void countsTheSignOfTheRestOnlyWhereTheWholeIsBounded() {
    assertThat(Excerpt.of("abcde", 4)).isEqualTo("abc…");
    assertThat(Excerpt.beginning("abcde", 4)).isEqualTo("abcd…");
    assertThat(Excerpt.end("abcde", 4)).isEqualTo("…bcde");
    assertThat(Excerpt.prefix("abcde", 4)).isEqualTo("abcd");
  }

  @Test
  void saysHowMuchIsMissing() {
    assertThat(Excerpt.counted("abcde", 4)).isEqualTo("abcd … (1 more character)");
    assertThat(Excerpt.counted("abcdef", 4)).isEqualTo("abcd … (2 more characters)");
  }

  @Test
  void makesOneLine() {
    assertThat(Excerpt.oneLine("  a  b \r\n\n  c ")).isEqualTo("a  b c");
    assertThat(Excerpt.singleSpaced("  a  b \r\n\n  c ")).isEqualTo("a b c");
    assertThat(Excerpt.ofLine("  a  b \n c d", 5)).isEqualTo("a b …");
  }

  @Test
  void singleSpacedIsWhatReplacingAllWhiteSpaceGives() {
    SplittableRandom random = new SplittableRandom(5);
    String signs = "ab  \t\n\r\f\u000b\u00a0\u2003\u001cé";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }

      assertThat(Excerpt.singleSpaced(text.toString()))
          .isEqualTo(text.toString().strip().replaceAll("\\s+", " "));
    }
  }

  @Test
  void leavesOutACharacterThatFitsHalfOnly() {
    assertThat(Excerpt.of("ab😀d", 4)).isEqualTo("ab…");
    assertThat(Excerpt.prefix("ab😀d", 3)).isEqualTo("ab");
    assertThat(Excerpt.end("a😀cd", 3)).isEqualTo("…cd");
    assertThat(Excerpt.counted("a😀", 2)).isEqualTo("a … (2 more characters)");
  }

  @Test
  void neverHasHalfACharacterNorMoreThanWasAskedFor() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 5_000; i++) {
      String text = text(random);
      int most = random.nextInt(1, 20);

      assertWhole(Excerpt.of(text, most), most);
      assertWhole(Excerpt.ofLine(text, most), most);
      assertWhole(Excerpt.prefix(text, most), most);
      assertWhole(Excerpt.beginning(text, most), most + 1);
      assertWhole(Excerpt.end(text, most), most + 1);
      assertWhole(Excerpt.counted(text, most), most + " … (99 more characters)".length());
      assertThat(Excerpt.ofLine(text, most)).doesNotContain("\n", "\t", "  ");
    }
  }

  @Test
  void showsEveryTextThatFitsAndTheTrueBeginningOrEndOfOthers() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 5_000; i++) {
      String text = text(random);
      int most = random.nextInt(1, 20);

      assertThat(text).startsWith(Excerpt.prefix(text, most));
      assertThat(text).startsWith(Excerpt.beginning(text, most).replace("…", ""));
      assertThat(text).endsWith(Excerpt.end(text, most).replace("…", ""));
      assertThat(Excerpt.of(text, most).equals(text)).isEqualTo(text.length() <= most);
      assertThat(Excerpt.prefix(text, most).length())
          .isGreaterThan(Math.min(most, text.length()) - 2);
    }
  }

  private static String text(SplittableRandom random) {
    return IntStream.range(0, random.nextInt(0, 25))
        .mapToObj(i -> CHARACTERS.get(random.nextInt(CHARACTERS.size())))
        .collect(Collectors.joining());
  }

  private static void assertWhole(String excerpt, int most) {
    assertThat(excerpt.length()).isLessThanOrEqualTo(most);
    assertThat(excerpt.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
