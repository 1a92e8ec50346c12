package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.summary.DatasetSummary;
import dev.hone.data.summary.FieldRole;
import dev.hone.data.summary.FieldSummary;
import dev.hone.data.summary.LengthSummary;
import dev.hone.data.summary.ValueShare;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a dataset is what is in it. */
class DatasetSummaryTest {
  enum Level {
    LOW,
    MEDIUM,
    HIGH
  }

  record Post(String text, Optional<Integer> likes) {}

  record Verdict(Level level, Set<String> topics, String why) {}

  private static Example<Post, Verdict> example(String text, Level level, String... topics) {
    return Example.of(
        new Post(text, Optional.empty()),
        new Verdict(level, Set.of(topics), "because " + text + level));
  }

  private static final Dataset<Post, Verdict> POSTS =
      Dataset.of(
          List.of(
              example("a good day", Level.LOW),
              example("a good day", Level.LOW),
              example("buy now, and buy here", Level.HIGH, "spam", "ads"),
              example("buy now, and buy here", Level.LOW, "spam"),
              example("?", Level.LOW).withExtra("language", "en"),
              Example.unlabelled(new Post("  ", Optional.of(3)))));

  private static FieldSummary field(DatasetSummary summary, String name) {
    return summary.field(name).orElseThrow();
  }

  @Test
  void countsExamplesLabelsAndDuplicates() {
    DatasetSummary summary = POSTS.describe();

    assertThat(summary.size()).isEqualTo(6);
    assertThat(summary.labelled()).isEqualTo(5);
    assertThat(summary.duplicates()).isEqualTo(1).isEqualTo(POSTS.duplicates().size());
  }

  @Test
  void tellsTypesAsTheRecordsDeclareThem() {
    DatasetSummary summary = POSTS.describe();

    assertThat(summary.fields())
        .extracting(FieldSummary::name)
        .containsExactly("text", "likes", "level", "topics", "why", "language");
    assertThat(field(summary, "level").type()).isEqualTo("one of LOW | MEDIUM | HIGH");
    assertThat(field(summary, "likes").type()).isEqualTo("whole number, or null");
    assertThat(field(summary, "language").role()).isEqualTo(FieldRole.EXTRA);
  }

  @Test
  void countsWhatIsMissingDistinctAndNearEmpty() {
    DatasetSummary summary = POSTS.describe();

    FieldSummary text = field(summary, "text");
    assertThat(text.missing()).as("the blank one").isEqualTo(1);
    assertThat(text.distinct()).isEqualTo(3);
    assertThat(text.nearEmpty()).as("the question mark").isEqualTo(1);
    assertThat(field(summary, "likes").missing()).isEqualTo(5);
    assertThat(field(summary, "language").missing()).isEqualTo(5);
    assertThat(field(summary, "level").missing()).as("among the labelled").isZero();
  }

  @Test
  void measuresTextsInCharactersAndListsInItems() {
    DatasetSummary summary = POSTS.describe();

    assertThat(field(summary, "text").lengths()).contains(new LengthSummary(1, 10, 21));
    assertThat(field(summary, "topics").lengths()).contains(new LengthSummary(0, 0, 2));
    assertThat(field(summary, "likes").lengths()).isEmpty();
  }

  @Test
  void givesTheBalanceOfLabelsOfFewValuesOnly() {
    DatasetSummary summary = POSTS.describe();

    assertThat(field(summary, "level").balance())
        .containsExactly(new ValueShare("LOW", 4, 0.8), new ValueShare("HIGH", 1, 0.2));
    assertThat(field(summary, "why").balance()).as("a free text").isEmpty();
    assertThat(field(summary, "text").balance()).as("an input").isEmpty();
  }

  @Test
  void countsTheItemsOfSetsWithTheirShareOfTheExamples() {
    List<Example<Post, Verdict>> examples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      examples.add(
          i < 4
              ? example("post " + i, Level.LOW, "spam", "ads")
              : i < 7 ? example("post " + i, Level.LOW, "spam") : example("post " + i, Level.LOW));
    }

    assertThat(field(Dataset.of(examples).describe(), "topics").balance())
        .containsExactly(
            new ValueShare("spam", 7, 0.7),
            new ValueShare("ads", 4, 0.4),
            new ValueShare("[]", 3, 0.3));
  }

  @Test
  void findsInputsWithDifferentLabels() {
    DatasetSummary summary = POSTS.describe();

    assertThat(summary.conflicts()).hasSize(1);
    assertThat(summary.conflicts().get(0).input().get("text").stringValue())
        .isEqualTo("buy now, and buy here");
    assertThat(summary.conflicts().get(0).labels()).hasSize(2);
    assertThat(POSTS.slice(0, 3).describe().conflicts()).isEmpty();
  }

  @Test
  void infersTheTypesOfJson() {
    List<Example<ObjectNode, ObjectNode>> examples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ObjectNode input = Json.object().put("n", i);
      input.set("mixed", i == 0 ? Json.parse("1.5") : Json.parse("\"x\""));
      examples.add(Example.of(input, Json.object().put("even", i % 2 == 0)));
    }

    DatasetSummary summary = Dataset.of(examples).describe();

    assertThat(field(summary, "n").type()).isEqualTo("whole number");
    assertThat(field(summary, "mixed").type()).isEqualTo("number or text");
    assertThat(field(summary, "even").type()).isEqualTo("true or false");
    assertThat(field(summary, "even").balance())
        .containsExactly(new ValueShare("false", 2, 0.5), new ValueShare("true", 2, 0.5));
  }

  @Test
  void printsATable() {
    assertThat(POSTS.describe().toString().lines().map(line -> line.replaceAll(" {2,}", " | ")))
        .containsExactly(
            "6 examples, 5 labelled; 1 duplicate; 1 input has different labels, the first:"
                + " {\"text\":\"buy now, and buy her…",
            "",
            "field | role | type | missing | distinct | length (min / median / max) | near-empty",
            "text | input | text | 1 | 3 | 1 / 10 / 21 | 1",
            "likes | input | whole number, or nu… | 5 | 1 | - | 0",
            "level | label | one of LOW | MEDIUM… | 0 | 2 | 3 / 3 / 4 | -",
            "topics | label | set of text | 0 | 3 | 0 / 0 / 2 | -",
            "why | label | text | 0 | 4 | 12 / 21 / 33 | -",
            "language | extra | text | 5 | 1 | 2 / 2 / 2 | -",
            "",
            "label balance",
            "level: LOW 80.0% (4), HIGH 20.0% (1)",
            "topics: [] 60.0% (3), spam 40.0% (2), ads 20.0% (1)");
  }

  @Test
  void isBoundedInWidthAndLengthWhateverIsInIt() {
    ObjectNode input = Json.object();
    for (int i = 0; i < 90; i++) {
      input.put("a field with a long name, number " + i + " of ninety", "x".repeat(5000));
    }
    ObjectNode label = Json.object().put("l\nabel", "a long value ".repeat(4) + "\n");
    var examples = List.of(Example.of(input, label), Example.of(input, label));

    String table = Dataset.of(examples).describe().toString();

    assertThat(table.lines()).allMatch(line -> line.length() <= 120).hasSizeLessThan(50);
    assertThat(table).contains("and 51 more fields");
  }

  @Test
  void anEmptyDatasetHasNothing() {
    assertThat(Dataset.of(List.<Example<Post, Verdict>>of()).describe())
        .hasToString("0 examples, 0 labelled; 0 duplicates");
  }
}
