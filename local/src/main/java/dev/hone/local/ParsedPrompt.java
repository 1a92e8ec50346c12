package dev.hone.local;

import java.util.Map;

/**
 * What a conversation holds.
 *
 * @param context all that comes before the input
 * @param input the input fields' texts by name, in order
 */
record ParsedPrompt(PromptContext context, Map<String, String> input) {
  /** The input as one text. */
  String inputText() {
    return text(input);
  }

  /** The prompt for the parts of a field that holds objects. */
  ParsedPrompt inside(String field) {
    return new ParsedPrompt(context.inside(field), input);
  }

  static String text(Map<String, String> input) {
    return String.join("\n", input.values());
  }
}
