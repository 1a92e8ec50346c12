package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers have a point and not a comma in all that Hone prints, in whatever country it runs. */
@Tag("once")
class LocaleTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** {@code formatted} takes the country's signs for decimals and thousands. */
  private static final Pattern OF_THE_COUNTRY =
      Pattern.compile(
          "\"[^\"\n]*%[-+,0-9]*(?:(?:\\.[0-9]+)?f|,d)[^\"\n]*\"\\)?\\s*\\.formatted\\(");

  @Test
  void noLibraryFormatsDecimalsByTheCountryItRunsIn() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : List.of("core", "optimize", "datasets", "parquet", "langchain4j", "cli")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher use = OF_THE_COUNTRY.matcher(Files.readString(file));
          if (use.find()) {
            found.add(ROOT.relativize(file) + ": " + use.group());
          }
        }
      }
    }

    assertThat(found).isEmpty();
  }
}
