package dev.hone.project;

import dev.hone.InvalidInputException;
import dev.hone.data.DatasetFormatException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with rows to people who write no Java. */
final class RowAdvice {
  private static final Pattern MAPPING =
      Pattern.compile("say so with Columns\\.asNamed\\(\\)\\.with\\([^)]*\\)");
  private static final Pattern IGNORING =
      Pattern.compile(" with Columns\\.asNamed\\(\\)\\.ignoringOthers\\(\\)");
  private static final Pattern UNLABELLED =
      Pattern.compile(", or, for rows without labels, use Columns\\.labelsOptional\\(\\)");

  private RowAdvice() {}

  /** The same error, line by line with a fix in words of the project file. */
  static InvalidInputException of(DatasetFormatException error) {
    String text =
        String.valueOf(error.getMessage())
            .lines()
            .map(RowAdvice::line)
            .collect(Collectors.joining("\n"));
    return new InvalidInputException(text, error);
  }

  private static String line(String line) {
    String mapped =
        MAPPING
            .matcher(line)
            .replaceAll("say so in the project file: { column: NAME, describe: ... }");
    String plain = UNLABELLED.matcher(IGNORING.matcher(mapped).replaceAll("")).replaceAll("");
    boolean more = plain.startsWith("and ") && plain.contains("more bad row");
    return plain.contains("Maybe ") || more
        ? plain
        : plain.replaceAll("\\.$", "") + ". Maybe " + fix(plain) + ".";
  }

  private static String fix(String line) {
    return line.contains("expected one of")
        ? "correct the row, or add the value to the field's list in the project file"
        : "correct the row, or leave it out";
  }
}
