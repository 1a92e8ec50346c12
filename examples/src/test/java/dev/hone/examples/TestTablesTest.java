package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of docs that name a test for each of their lines name tests that there are. */
@Tag("once")
class TestTablesTest {
  private static final Path ROOT = SourceTexts.ROOT;

  /** {@code `Class#method`}, {@code `#method`} of the class before, {@code `ClassTest`}. */
  private static final Pattern NAMED =
      Pattern.compile("`(?<type>[A-Z]\\w*Test)?#(?<method>[a-z]\\w*)`|`(?<whole>[A-Z]\\w*Test)`");

  private static final Map<String, String> SOURCES =
      SourceTexts.matching(".*/src/test/java/.*\\.java");

  @ParameterizedTest
  @ValueSource(strings = {"docs/parity.md", "docs/faults.md", "docs/seeds.md"})
  void everyTestThatIsNamedIsThere(String table) {
    List<String> missing = new ArrayList<>();
    String type = "";
    Matcher named = NAMED.matcher(SourceTexts.text(ROOT.resolve(table)));
    int tests = 0;
    while (named.find()) {
      String whole = named.group("whole");
      type = whole != null ? whole : named.group("type") != null ? named.group("type") : type;
      String source = SOURCES.getOrDefault(type, "");
      String method = named.group("method");
      if (source.isEmpty() || method != null && !source.contains(" " + method + "(")) {
        missing.add(named.group());
      }
      tests++;
    }

    assertThat(missing).isEmpty();
    assertThat(tests).isGreaterThan(80);
  }

  @Test
  void everyFaultHasALine() {
    List<String> lines = SourceTexts.text(ROOT.resolve("docs/faults.md")).lines().toList();
    String ids =
        "K-A1 K-A2 K-B1 K-B2 K-C1 K-C2 K-D1 K-E1 K-F1 K-G1 K-H1 K-H2 K-I1 K-J1 K-K1 K-L1"
            + " F1 F2a F2b F2c F2d F2e F2f F2g F2h F3a F3b F3c F3d F3e F4 F5 F6a F6b F7 F8a F8b F9"
            + " F10a F10b F10c F11a F11b F11c F12a F12b F12c F12d F12e F12f F12g"
            + " S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S11 N1 N3 N4 N5 N7 N8a N8b N8c"
            + " M2 M6 M11 M17 M18 P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P13";

    assertThat(ids.split(" "))
        .allSatisfy(
            id -> assertThat(lines).anyMatch(line -> line.matches("\\| " + id + "\\b.*#.*")));
  }
}
