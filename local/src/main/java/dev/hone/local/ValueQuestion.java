package dev.hone.local;

import java.util.List;

/**
 * Which of a field's allowed values fit? They are known by their index; having none of them, where
 * that is possible, is the value after the last.
 *
 * @param field the field
 * @param allowed the values
 * @param named whether the values' names mean something
 * @param mayBeNone whether having none of them is possible
 */
record ValueQuestion(ParsedField field, List<String> allowed, boolean named, boolean mayBeNone) {
  /** How many values there are, none included. */
  int size() {
    return allowed.size() + (mayBeNone ? 1 : 0);
  }

  /** The index of having none; -1 if that is not possible. */
  int none() {
    return mayBeNone ? allowed.size() : -1;
  }

  /** The index of the value that notes call by a name; -1 if there is none. */
  int described(String name) {
    String wanted = TextTokens.ofName(name);
    for (int v = 0; v < allowed.size(); v++) {
      if (TextTokens.ofName(allowed.get(v)).equals(wanted)) {
        return v;
      }
    }
    return name.equalsIgnoreCase(ValueNotes.NONE) ? none() : -1;
  }
}
