package dev.hone.langchain4j.known;

import dev.hone.lm.Capabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the models of a provider offer, by the beginning of their names, as the table {@code
 * models.tsv} has it. That is what makers say of their models at a date; what a model refuses is
 * noticed anyway. Immutable.
 */
public final class KnownModels {
  /** The words for kinds of files, and the media types that they stand for. */
  private static final Map<String, String> FILES =
      Map.of("pdf", "application/pdf", "audio", "audio/*", "video", "video/*");

  private static final List<Row> ROWS = read();

  private KnownModels() {}

  /** One line of the table. */
  private record Row(String family, String pattern, int contextTokens, Set<String> offers) {
    static Row of(String line) {
      String[] cells = line.split("\t", -1);
      int context = cells[2].equals("-") ? 0 : Integer.parseInt(cells[2]);
      return new Row(cells[0], cells[1], context, Set.of(cells[3].split(" ")));
    }

    boolean isFor(String kind, String model) {
      return family.equals(kind) && (pattern.equals("*") || model.startsWith(pattern));
    }

    Capabilities capabilities() {
      return Capabilities.builder()
          .jsonSchema(offers.contains("schema"))
          .toolCalls(offers.contains("tools"))
          .images(offers.contains("images"))
          .reasoning(offers.contains("reasoning"))
          .temperature(!offers.contains("fixed"))
          .logProbabilities(offers.contains("logprobs"))
          .contextTokens(contextTokens)
          .files(FILES.keySet().stream().filter(offers::contains).map(FILES::get).toList())
          .build();
    }
  }

  private static List<Row> read() {
    try (InputStream in = KnownModels.class.getResourceAsStream("models.tsv")) {
      if (in == null) {
        throw new IllegalStateException("models.tsv is not in the jar of hone-langchain4j");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a model offers; plain text only if the table has no row for the provider.
   *
   * @param provider its kind, such as {@code openai}
   * @param model its name there; what stands before the last slash, as in {@code models/x}, does
   *     not count
   */
  public static Capabilities of(String provider, String model) {
    String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return ROWS.stream()
        .filter(row -> row.isFor(provider, name))
        .findFirst()
        .map(Row::capabilities)
        .orElse(Capabilities.TEXT);
  }
}
