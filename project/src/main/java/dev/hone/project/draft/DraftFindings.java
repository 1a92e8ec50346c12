package dev.hone.project.draft;

import dev.hone.json.Json;
import dev.hone.project.data.RowTable;
import dev.hone.project.draft.ColumnUse.Role;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is odd about the rows of a file.
 *
 * @param repeated rows whose input and label are those of an earlier row
 * @param conflicts the lines of rows that have one input and several labels
 * @param emptyCells cells without a value, of columns that are used
 * @param notes all that is odd, in sentences
 */
public record DraftFindings(
    int repeated, List<List<Integer>> conflicts, int emptyCells, List<String> notes) {
  private static final int FEW_ROWS = 30;
  private static final int FEW_OF_A_VALUE = 5;
  private static final double MOST_OF_A_VALUE = 0.9;
  private static final int SHOWN_LINES = 5;

  /** Copies the lists. */
  public DraftFindings {
    conflicts = List.copyOf(conflicts);
    notes = List.copyOf(notes);
  }

  static DraftFindings of(RowTable table, List<ColumnUse> uses) {
    Map<String, Map<String, List<Integer>>> linesByInput = new LinkedHashMap<>();
    int repeated = 0;
    for (RowTable.Row row : table.rows()) {
      List<Integer> same =
          linesByInput
              .computeIfAbsent(key(row, uses, Role.INPUT), k -> new LinkedHashMap<>())
              .computeIfAbsent(key(row, uses, Role.OUTPUT), k -> new ArrayList<>());
      repeated += same.isEmpty() ? 0 : 1;
      same.add(row.line());
    }
    List<List<Integer>> conflicts =
        linesByInput.values().stream()
            .filter(labels -> labels.size() > 1)
            .map(labels -> labels.values().stream().map(lines -> lines.get(0)).toList())
            .toList();
    int empty =
        uses.stream()
            .filter(use -> use.role() != Role.IGNORED)
            .mapToInt(use -> use.profile().empty())
            .sum();
    return new DraftFindings(repeated, conflicts, empty, notes(table, uses, repeated, conflicts));
  }

  private static String key(RowTable.Row row, List<ColumnUse> uses, Role role) {
    return uses.stream()
        .filter(use -> use.role() == role)
        .map(use -> Json.write(Json.array().add(row.text(use.profile().name()).strip())))
        .collect(Collectors.joining());
  }

  private static List<String> notes(
      RowTable table, List<ColumnUse> uses, int repeated, List<List<Integer>> conflicts) {
    List<String> notes = new ArrayList<>();
    if (!table.uneven().isEmpty()) {
      notes.add(
          "%s not like the others (%s) and cannot be read; correct or remove them"
              .formatted(are(table.uneven().size(), "line"), lines(table.uneven())));
    }
    if (repeated > 0) {
      notes.add(
          "%s again, word for word; they count twice, and one of two may be a test row"
              .formatted(repeated == 1 ? "1 row comes" : repeated + " rows come"));
    }
    if (!conflicts.isEmpty()) {
      notes.add(
          "%s more than one label, such as lines %s; no program can be right on all"
              .formatted(
                  conflicts.size() == 1 ? "1 input has" : conflicts.size() + " inputs have",
                  conflicts.get(0).stream()
                      .map(String::valueOf)
                      .collect(Collectors.joining(" and "))));
    }
    for (ColumnUse use : uses) {
      notes.addAll(ofColumn(table, use));
    }
    if (table.rows().size() < FEW_ROWS) {
      notes.add(
          "%s too few to tell programs apart; about 100 would do"
              .formatted(are(table.rows().size(), "row")));
    }
    return notes;
  }

  private static List<String> ofColumn(RowTable table, ColumnUse use) {
    List<String> notes = new ArrayList<>();
    ColumnProfile profile = use.profile();
    if (use.role() == Role.IGNORED) {
      return notes;
    }
    if (profile.empty() > 0) {
      List<Integer> lines =
          table.rows().stream()
              .filter(row -> row.text(profile.name()).isBlank())
              .map(RowTable.Row::line)
              .toList();
      notes.add(
          "%s: %s without a value (%s)"
              .formatted(profile.name(), Plural.of(lines.size(), "row"), lines(lines)));
    }
    if (use.role() == Role.OUTPUT && profile.isOfOneValue() && !profile.counts().isEmpty()) {
      balance(profile, notes);
      spelling(profile, notes);
    }
    return notes;
  }

  private static void balance(ColumnProfile profile, List<String> notes) {
    Map.Entry<String, Integer> most = profile.counts().entrySet().iterator().next();
    double share = most.getValue() / (double) profile.filled();
    if (share >= MOST_OF_A_VALUE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %.0f %% are %s, so that who always says so is right as often; maybe score by"
                  + " macro f1(%s)",
              profile.name(),
              100 * share,
              most.getKey(),
              profile.name()));
    }
    List<String> rare =
        profile.counts().entrySet().stream()
            .filter(entry -> entry.getValue() < FEW_OF_A_VALUE)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .limit(SHOWN_LINES)
            .toList();
    if (!rare.isEmpty() && profile.rows() >= FEW_ROWS) {
      notes.add(
          "%s: rare values, of which little can be learnt: %s"
              .formatted(profile.name(), String.join(", ", rare)));
    }
  }

  private static void spelling(ColumnProfile profile, List<String> notes) {
    Map<String, Set<String>> byFolded = new LinkedHashMap<>();
    profile
        .counts()
        .keySet()
        .forEach(
            value ->
                byFolded
                    .computeIfAbsent(
                        value.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", ""),
                        k -> new LinkedHashSet<>())
                    .add(value));
    byFolded.values().stream()
        .filter(forms -> forms.size() > 1)
        .forEach(
            forms ->
                notes.add(
                    "%s: %s look like one value"
                        .formatted(profile.name(), String.join(" and ", forms))));
  }

  private static String are(int count, String noun) {
    return Plural.of(count, noun) + (count == 1 ? " is" : " are");
  }

  private static String lines(List<Integer> lines) {
    String shown =
        lines.stream().limit(SHOWN_LINES).map(String::valueOf).collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "line " : "lines ")
        + shown
        + (lines.size() > SHOWN_LINES ? ", ..." : "");
  }
}
