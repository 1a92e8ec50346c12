package dev.hone.replies;

import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages replies: as transmission, tokenizers and careless models do, and worse. */
final class Mutation {
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          ",",
          ":",
          "\\",
          "\n",
          "\n\n",
          "```",
          "```json\n",
          "<think>",
          "</think>",
          "## ",
          " ##",
          "[[ ",
          " ]]",
          "[[ ## completed ## ]]",
          "...",
          "//",
          "/*",
          "*/",
          "#",
          "- ",
          "* ",
          "> ",
          "null",
          "None",
          "N/A",
          "true",
          "0",
          "-",
          ".",
          "e9",
          "+",
          "“",
          "”",
          "，",
          "\u200b",
          "\u00a0",
          "\ufeff",
          "\u202f",
          "<|im_end|>",
          "</s>",
          "|",
          ";",
          "(",
          ")",
          "\\\"",
          "\\n",
          "\\u00",
          "\\f",
          "\t",
          "\r\n",
          "İ",
          "\ud83d",
          "\u0000",
          "<",
          "</",
          ">",
          "&amp;",
          "&lt;",
          "<![CDATA[",
          "]]>",
          "<x>",
          "</x>");

  private final SplittableRandom random;
  private final List<String> tokens = new ArrayList<>(TOKENS);

  Mutation(SplittableRandom random, List<Field> fields) {
    this.random = random;
    for (Field field : fields) {
      tokens.add("\n[[ ## " + field.name() + " ## ]]\n");
      tokens.add("\"" + field.name() + "\": ");
      tokens.add("<" + field.name() + ">");
      tokens.add("</" + field.name() + ">");
      tokens.add("<" + field.name() + "/>");
      tokens.add(field.name());
    }
  }

  /** The text after some changes; none at times. */
  String of(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(6); i > 0; i--) {
      change(changed);
    }
    return changed.toString();
  }

  private void change(StringBuilder text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(40)));
    switch (random.nextInt(13)) {
      case 0 -> text.setLength(from);
      case 1 -> text.delete(0, random.nextInt(4) == 0 ? from : Math.min(from, 3));
      case 2, 3 -> text.delete(from, to);
      case 4 -> text.insert(from, text.substring(from, to));
      case 5 -> swap(text, from, to);
      case 6, 7, 8 -> text.insert(from, tokens.get(random.nextInt(tokens.size())));
      case 9 -> replace(text, from);
      case 10 -> flip(text, from);
      case 11 -> space(text, from);
      default -> text.append(random.nextBoolean() ? "\n" : " ").append(text.substring(from));
    }
  }

  private void swap(StringBuilder text, int from, int to) {
    String moved = text.substring(from, to);
    text.delete(from, to);
    text.insert(random.nextInt(text.length() + 1), moved);
  }

  private void replace(StringBuilder text, int at) {
    if (at < text.length()) {
      text.replace(at, at + 1, tokens.get(random.nextInt(tokens.size())));
    }
  }

  private void flip(StringBuilder text, int at) {
    if (at < text.length()) {
      char c = text.charAt(at);
      text.setCharAt(
          at,
          Character.isLetter(c) && random.nextBoolean()
              ? (char) (c ^ 0x20)
              : (char) (c ^ 1 << random.nextInt(7)));
    }
  }

  private void space(StringBuilder text, int at) {
    int blank = text.indexOf(" ", at);
    if (blank >= 0) {
      text.replace(blank, blank + 1, random.nextBoolean() ? "" : "  ");
    }
  }
}
