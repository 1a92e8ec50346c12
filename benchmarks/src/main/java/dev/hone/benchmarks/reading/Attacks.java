package dev.hone.benchmarks.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Texts of any length that a reader might need more than linear time for. */
final class Attacks {
  /** What is repeated as it stands. */
  private static final List<String> UNITS =
      List.of(
          "lorem ipsum dolor. ",
          "[",
          "]",
          "{",
          "{\"a\":",
          "{\"v\":",
          "\"",
          "\\",
          "\\\"",
          "\"a\" ",
          "\"a\", ",
          "\"a\", b\", ",
          "'",
          "' + '",
          "/*",
          "*/",
          "//",
          "// x\n",
          "#",
          "# a\n",
          "##",
          "###",
          "\\##",
          "<a>",
          "</a>",
          "<a></b>",
          "<think>",
          "</think>",
          "<a>x</a>",
          "◁a▷",
          "[a]",
          "<|im_end|>",
          "<|im_start|>user\n",
          "<|im_start|>assistant\n",
          "<|a|>",
          "</s>",
          "[[ ## v ## ]]\n",
          "[[ ## v ## ]] ",
          "[[ ## text ## ]]\n",
          "[[ ## other ## ]]\n",
          "[[ ## completed ## ]]\n",
          "## v ##\n",
          "[[ ##",
          "[ ## v ## ]\n",
          "**[[ ## v ## ]]**\n",
          "> a\n",
          "> [[ ## v ## ]]\n> x\n",
          "```\n",
          "~~~\n",
          "`",
          "- a\n",
          "* a\n",
          "1. a\n",
          "-",
          "*",
          "**",
          "(",
          "((a)",
          ",",
          ", ",
          ";",
          "|",
          "| a ",
          "a,",
          "a\tb\n",
          "a: b\n",
          ":",
          "a:",
          "...",
          "1",
          "0",
          "1,000,",
          "1 ",
          "9.",
          "1e9,",
          "-1,",
          "null",
          "null, ",
          "N/A\n",
          "\n",
          "\r\n",
          "\n\n",
          " ",
          "\t",
          "\u00a0",
          "\u200b",
          "\ufeff",
          "İ",
          "ß",
          "ǅ",
          "“",
          "” ",
          "é",
          "\ud83d\ude00",
          "\ud83d",
          "&quot;",
          "&amp;",
          "<v>",
          "</v>",
          "<v/>",
          "<v>x</v>",
          "<v>x</v>\n",
          "<v>x</w>",
          "<v>x</vv>",
          "<V >x</ v>",
          "<a><v>x</v></a>",
          "<a>x</a><v>x</v>",
          "<text>x</text><v>x</v>",
          "`<v>` ",
          "<v ",
          "<\\v>",
          "< ",
          "<![CDATA[",
          "<![CDATA[x]]>",
          "]]>",
          "<item>",
          "<item>x</item>",
          "<!-- <v>x</v> -->",
          "\\u0041",
          "\\u",
          "\\f",
          "true ",
          "{\"v\":\"x\"}",
          "{\"v\":\"x\"}\n",
          "{'v':'x'},",
          "\"v\":1,",
          "\"k\":{",
          "{}",
          "[]",
          "[],",
          "},",
          "\"},\"",
          "}, \"v\": ",
          "A",
          "A, ",
          "A or B ",
          "FEAR: ",
          "Final answer:\n",
          "[[ ## v ## ]]\nx\n\n[[ ## completed ## ]]\n\n",
          "[[ ## text ## ]]\nx\n\n[[ ## v ## ]]\nx\n\n[[ ## completed ## ]]\n\n",
          "<a>\n[[ ## v ## ]]\nx\n</a>\n",
          "```\n[[ ## v ## ]]\nx\n```\n",
          "user\n",
          "Human: ",
          "<tool_call>",
          "<tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call>\n",
          "<tool_call>a<arg_key>b</arg_key><arg_value>c</arg_value></tool_call>",
          "<function=a><parameter=b>c</parameter></function>",
          "[TOOL_CALLS]a[ARGS]{}",
          "Action: a\nAction Input: {}\n",
          "to=functions.a json{}<|call|>",
          "a(b=\"c\"), ",
          "{\"name\":\"a\",\"arguments\":{}}\n");

  private Attacks() {}

  /** The attacks by their names; each takes a length in characters. */
  static Map<String, IntFunction<String>> all() {
    Map<String, IntFunction<String>> attacks = new LinkedHashMap<>();
    for (String unit : UNITS) {
      attacks.put(shown(unit), length -> repeated(unit, length));
    }
    attacks.put("brackets that open, then close", n -> repeated("[", n / 2) + repeated("]", n / 2));
    attacks.put(
        "objects that open, then close",
        n -> repeated("{\"a\":", n * 5 / 6) + "1" + repeated("}", n / 6));
    attacks.put(
        "thought tags, headers, a closing tag (F3c)",
        n ->
            repeated("<analysis>", n / 2)
                + "\n"
                + repeated("[[ ## v ## ]]\n", n / 2)
                + "</analysis>\n[[ ## v ## ]]\nx\n");
    attacks.put("## and a run of backslashes (F3b)", n -> "##" + repeated("\\", n));
    attacks.put("\\## and a run of backslashes (F3b)", n -> "\\##" + repeated("\\", n));
    attacks.put("a key of dotted capital I (F3d)", n -> "{\"k" + repeated("İ", n) + "\":1}");
    attacks.put("one long key (F11b)", n -> "{\"" + repeated("k", n) + "\":1}");
    attacks.put("a tiny number of a huge exponent (F3a)", n -> "1e-99999999");
    attacks.put("a huge number of a huge exponent", n -> "1e99999999");
    attacks.put("a number of many digits and an exponent", n -> repeated("9", n) + "e-" + n);
    attacks.put("texts with equal hash codes (F3e)", Attacks::equalHashes);
    attacks.put("numbers with equal hash codes (F3e)", Attacks::equalNumbers);
    attacks.put("members of different names", n -> "{" + numbered("\"key %d\":1", ",", n) + "}");
    attacks.put("unknown keys (F11b)", n -> "{\"v\":\"x\"," + numbered("\"k%d\":1", ",", n) + "}");
    attacks.put("unknown headers (F11a)", n -> numbered("[[ ## name %d ## ]]\nx", "\n", n));
    attacks.put("tags of different names", n -> numbered("<t%d>", "", n));
    attacks.put("tags that open, then close", n -> nestedTags(n));
    attacks.put("different items", n -> "[" + numbered("\"i%d\"", ",", n) + "]");
    attacks.put("different items in lines", n -> numbered("- i%d", "\n", n));
    attacks.put("different objects", n -> "[" + numbered("{\"a\":\"%d\"}", ",", n) + "]");
    return attacks;
  }

  static String repeated(String unit, int length) {
    return unit.repeat(Math.max(1, length / unit.length()));
  }

  private static String numbered(String form, String between, int length) {
    StringBuilder text = new StringBuilder(length + 50);
    for (int i = 0; text.length() < length; i++) {
      text.append(i == 0 ? "" : between).append(form.formatted(i));
    }
    return text.toString();
  }

  private static String nestedTags(int length) {
    int count = length / 16;
    StringBuilder text = new StringBuilder(length + 50);
    for (int i = 0; i < count; i++) {
      text.append("<t").append(i).append('>');
    }
    for (int i = count - 1; i >= 0; i--) {
      text.append("</t").append(i).append('>');
    }
    return text.toString();
  }

  private static String equalHashes(int length) {
    StringBuilder text = new StringBuilder(length + 50).append('[');
    for (int i = 0; text.length() < length; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 16; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append('"');
    }
    return text.append(']').toString();
  }

  private static String equalNumbers(int length) {
    StringBuilder text = new StringBuilder(length + 50).append('[');
    for (int i = 0; text.length() < length; i++) {
      text.append(i == 0 ? "" : ",").append((long) i << 32 | i);
    }
    return text.append(']').toString();
  }

  /** A unit so that it can stand in a table. */
  private static String shown(String unit) {
    StringBuilder shown = new StringBuilder();
    unit.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                shown.append("⏎");
              } else if (c < ' ' || c == 0xa0 || c == 0x200b || c == 0xfeff || c == 0xd83d) {
                shown.append("⟨U+%04X⟩".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return unit.isBlank() && unit.indexOf('\n') < 0 ? "⟨" + unit.codePointAt(0) + "⟩" : shown + "";
  }
}
