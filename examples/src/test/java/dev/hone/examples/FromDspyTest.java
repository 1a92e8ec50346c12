package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every name of DSPy has one row in docs/from-dspy.md, and what is said to be here is here. */
class FromDspyTest {
  private static final Path ROOT = SourceTexts.ROOT;
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (?<name>[^|]+) \\| (?<state>[^|]+) \\| (?<where>[^|]*)\\|$");

  /** {@code `Type`}, {@code `Type.Nested`}, {@code `Type#method`}. */
  private static final Pattern CODE =
      Pattern.compile("`(?<type>[A-Z]\\w*)(?:\\.(?<nested>[A-Z]\\w*))?(?:#(?<method>[a-z]\\w*))?`");

  private static final Map<String, String> SOURCES =
      SourceTexts.matching(".*/src/main/java/dev/hone/.*\\.java");
  private static final List<Row> ROWS = rows();

  private record Row(String name, String state, String where) {
    List<String> codes() {
      return CODE.matcher(where).results().map(result -> result.group()).toList();
    }

    List<String> missing() {
      return codes().stream().filter(code -> !isThere(code)).toList();
    }
  }

  private static List<Row> rows() {
    return ROW.matcher(SourceTexts.text(ROOT.resolve("docs/from-dspy.md")))
        .results()
        .map(row -> new Row(row.group(1).strip(), row.group(2).strip(), row.group(3).strip()))
        .filter(row -> !Set.of("DSPy", "---").contains(row.name()))
        .toList();
  }

  /** Whether the public type, the type within it and the method are declared. */
  private static boolean isThere(String code) {
    Matcher parts = CODE.matcher(code);
    String source = parts.matches() ? SOURCES.getOrDefault(parts.group("type"), "") : "";
    String nested = parts.group("nested");
    String method = parts.group("method");
    String declared =
        "(?sm).*^public [a-z -]*(class|interface|record|enum|@interface) %s\\b.*"
            .formatted(parts.group("type"));
    return source.matches(declared)
        && (nested == null
            || source.matches("(?s).*(class|interface|record|enum) " + nested + "\\b.*"))
        && (method == null || source.matches("(?s).*[>\\w] " + method + "\\(.*"));
  }

  @Test
  void everyNameHasOneRowAndEveryRowIsOfAName() throws IOException {
    List<String> names =
        Files.readAllLines(Path.of("src/test/resources/dspy-names.txt")).stream()
            .filter(line -> !line.isBlank())
            .toList();

    assertThat(names).hasSizeGreaterThan(190).doesNotHaveDuplicates();
    assertThat(ROWS).extracting(Row::name).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void whatIsSaidToBeHereIsHere() {
    assertThat(ROWS)
        .filteredOn(row -> row.state().equals("here"))
        .hasSizeGreaterThan(100)
        .allSatisfy(
            row -> {
              assertThat(row.codes()).as(row.name()).isNotEmpty();
              assertThat(row.missing()).as(row.name()).isEmpty();
            });
  }

  @Test
  void whatIsSaidToBeInTheMakingIsNotHereYet() {
    assertThat(ROWS)
        .filteredOn(row -> row.state().equals("issue 13"))
        .allSatisfy(
            row ->
                assertThat(row.missing())
                    .as("all of %s is there: its state is \"here\" now", row.name())
                    .isNotEmpty());
  }

  @Test
  void everyOtherRowSaysWhyOrWhen() {
    assertThat(ROWS)
        .filteredOn(row -> !Set.of("here", "issue 13").contains(row.state()))
        .allSatisfy(
            row ->
                assertThat(row.state().matches("later( \\(1[5-8]\\))?") || !row.where().isEmpty())
                    .as(row.name())
                    .isTrue());
    assertThat(ROWS)
        .extracting(Row::state)
        .allMatch(state -> state.matches("here|later( \\(1[5-8]\\))?|left out"));
  }
}
