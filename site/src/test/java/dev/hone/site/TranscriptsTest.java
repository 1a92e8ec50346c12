package dev.hone.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.site.Transcript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command in the docs prints what the docs say: the same words in the same lines. Figures,
 * how many of them, and labels in capitals, may differ with the processor, on which the embedded
 * model's vectors depend. With {@code -Dhone.transcripts=write} the docs are written anew.
 */
class TranscriptsTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final boolean WRITE = "write".equals(System.getProperty("hone.transcripts"));

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        if (!new Transcript(Files.readString(file)).steps().isEmpty()) {
          found.add(file);
        }
      }
      return found;
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @MethodSource("pages")
  void printWhatTheDocsSay(Path page, @TempDir Path folder, @TempDir Path home) throws Exception {
    Transcript transcript = new Transcript(Files.readString(page));
    for (String file : transcript.files()) {
      Path source = CHECKOUT.resolve(file);
      Files.copy(source, folder.resolve(source.getFileName()));
    }
    TranscriptShell shell = new TranscriptShell(folder, home);
    List<Step> ran = new ArrayList<>();
    for (Step step : transcript.steps()) {
      ran.add(shell.run(step.command()));
    }

    if (WRITE) {
      Files.writeString(page, transcript.withOutputs(ran).text());
    }

    assertThat(shapes(ran)).isEqualTo(WRITE ? shapes(ran) : shapes(transcript.steps()));
  }

  private static String shapes(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append("$ ").append(step.command()).append('\n');
      text.append(shape(step.output())).append('\n');
    }
    return text.toString();
  }

  private static String shape(String output) {
    return output
        .replaceAll("[-+]?\\d[\\d.,:/]*", "#")
        .replaceAll("#( #)+( …)?", "#")
        .replaceAll("\\b(row|call|token|example)s\\b", "$1")
        .replaceAll("\\b[A-Z_]{2,}\\b", "LABEL")
        .replaceAll("[-=]{2,}", "-")
        .replaceAll("[ \\t]+", " ");
  }
}
