package dev.hone.project.yaml;

/**
 * Something that is wrong with a project file.
 *
 * @param line its line, counted from 1; 0 for the whole file
 * @param column its column, counted from 1; 0 for the whole line or file
 * @param path the keys that lead to it, such as {@code outputs.topic}; empty for the whole file
 * @param found what is there
 * @param expected what should be there
 * @param fix the likely fix, without "Maybe"
 */
public record Problem(
    int line, int column, String path, String found, String expected, String fix) {
  /** Such as {@code line 5, column 3: outputs.topic: found "x", expected y. Maybe z.}. */
  public String inWords() {
    String place = line == 0 ? "" : "line %d, column %d: ".formatted(line, Math.max(1, column));
    return "%s%sfound %s, expected %s. Maybe %s."
        .formatted(place, path.isEmpty() ? "" : path + ": ", found, expected, fix);
  }
}
