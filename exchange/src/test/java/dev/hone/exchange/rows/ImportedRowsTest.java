package dev.hone.exchange.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.exchange.ProjectYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedRowsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsAPromptfooConfigurationWithDefaultsAndListsOfValues() throws IOException {
    Path file =
        file(
            "promptfooconfig.yaml",
            """
            prompts: ['Translate {{ text }} to {{language}}']
            providers: [openai:gpt-4o-mini]
            defaultTest:
              vars: { tone: plain }
              assert: [{ type: latency, threshold: 1000 }]
            tests:
              - vars: { text: hello, language: [French, German] }
                assert:
                  - { type: javascript, value: "output.length > 1" }
                  - { type: icontains, value: bon }
                  - { type: equals, value: bonjour }
              - vars: { text: bye, language: French, tone: rude }
                assert: [{ type: contains, value: revoir }]
            """);

    ImportedRows rows = PromptfooTests.read(file);

    assertThat(rows.task()).isEqualTo("Translate `text` to `language`");
    assertThat(rows.inputs()).containsExactly("tone", "text", "language");
    assertThat(rows.outputs()).containsExactly("answer");
    assertThat(rows.toJsonl())
        .isEqualTo(
            """
            {"tone":"plain","text":"hello","language":"French","answer":"bonjour"}
            {"tone":"plain","text":"hello","language":"German","answer":"bonjour"}
            {"tone":"rude","text":"bye","language":"French","answer":"revoir"}
            """);
    assertThat(rows.notes())
        .contains(
            "left out 1 assertion of the type javascript, which compare with no answer",
            "some answers are from `contains`, and need not be the whole text");
  }

  @Test
  void readsTestsOfAFileThatTheConfigurationNames() throws IOException {
    file(
        "cases.csv",
        """
        body,__expected,__description
        "lost, again",SHIPPING,first
        charged twice,"equals: BILLING",second
        broken,"llm-rubric: be kind",third
        """);
    Path file = file("config.yaml", "tests: file://cases.csv\n");

    ImportedRows rows = PromptfooTests.read(file);

    assertThat(rows.toJsonl())
        .isEqualTo(
            """
            {"body":"lost, again","answer":"SHIPPING"}
            {"body":"charged twice","answer":"BILLING"}
            {"body":"broken"}
            """);
    assertThat(rows.notes()).anyMatch(note -> note.contains("llm-rubric"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests: file://generate.py",
        "tests: https://example.org/tests.csv",
        "tests: file://*.csv",
        "tests: file://none.csv",
        "tests: []",
        "tests: [{vars: {a: 1}}]",
        "tests: [{assert: [{type: equals, value: x}]}]",
        "tests: [{vars: {a: [1,",
        "hello",
        "",
      })
  void whatCannotBeUsedIsRefusedWithoutRunningIt(String text) throws IOException {
    Path file = file("config.yaml", text);

    assertThatThrownBy(() -> PromptfooTests.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.json", "sub/../../outside.json", "ABSOLUTE", "link.json"})
  void testsOutsideOfTheFolderAreNotRead(String name) throws IOException {
    Path outside =
        file("outside.json", "[{\"vars\": {\"a\": 1}, \"assert\": [{\"value\": \"secret\"}]}]");
    Path inside = Files.createDirectories(folder.resolve("config"));
    Files.createSymbolicLink(inside.resolve("link.json"), outside);
    String named = name.equals("ABSOLUTE") ? outside.toAbsolutePath().toString() : name;
    Path file =
        Files.writeString(inside.resolve("config.yaml"), "tests: file://%s\n".formatted(named));

    assertThatThrownBy(() -> PromptfooTests.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("outside of its folder")
        .hasMessageContaining("Maybe ");
  }

  @Test
  void readsEvalsOfOpenAi() throws IOException {
    Path file =
        file(
            "evals.jsonl",
            """
            {"input": [{"role": "system", "content": "Say the capital."}, {"role": "user", "content": "France"}], "ideal": "Paris"}
            {"input": [{"role": "system", "content": "Say the capital."}, {"role": "user", "content": "Bolivia"}], "ideal": ["Sucre", "La Paz"]}
            {"input": [{"role": "system", "content": "Say the capital."}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}], "ideal": "d"}
            """);

    ImportedRows rows = OpenAiEvals.read(file, Set.of());

    assertThat(rows.task()).isEqualTo("Say the capital.");
    assertThat(rows.toJsonl())
        .isEqualTo(
            """
            {"text":"France","answer":"Paris"}
            {"text":"Bolivia","answer":"Sucre","also_right":["La Paz"]}
            {"text":"user: a\\n\\nassistant: b\\n\\nuser: c","answer":"d"}
            """);
    assertThat(rows.notes()).hasSize(2);
  }

  @Test
  void readsItemsAndTrainingMessagesOfOpenAi() throws IOException {
    Path items =
        file(
            "items.jsonl",
            """
            {"item": {"ticket text": "lost", "urgent": true, "label": "A"}}
            {"item": {"ticket text": "paid", "urgent": false, "label": "B"}}
            """);
    Path training =
        file(
            "train.jsonl",
            """
            {"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]}
            """);

    ImportedRows rows = OpenAiEvals.read(items, Set.of());

    assertThat(rows.inputs()).containsExactly("ticket_text", "urgent");
    assertThat(rows.outputs()).containsExactly("label");
    assertThat(OpenAiEvals.read(items, Set.of("urgent", "label")).outputs())
        .containsExactly("urgent", "label");
    assertThat(OpenAiEvals.read(training, Set.of()).toJsonl())
        .isEqualTo("{\"text\":\"hi\",\"answer\":\"ho\"}\n");
  }

  @Test
  void aLineOfAnotherKindIsNamed() throws IOException {
    Path file = file("x.jsonl", "{\"text\": \"a\"}\n");

    assertThatThrownBy(() -> OpenAiEvals.read(file, Set.of()))
        .hasMessageContaining("Row 1")
        .hasMessageContaining("[text]")
        .hasMessageContaining("Maybe ");
    Path broken = file("y.jsonl", "\n{\"input\": \n");
    assertThatThrownBy(() -> OpenAiEvals.read(broken, Set.of())).hasMessageContaining("line 2");
  }

  @Test
  void aFewAnswersThatComeAgainAreAChoiceInTheProjectFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      lines.append(
          "{\"input\": \"q%d\", \"ideal\": \"%s\"}%n".formatted(i, i % 2 == 0 ? "yes" : "no"));
    }
    ImportedRows rows = OpenAiEvals.read(file("e.jsonl", lines.toString()), Set.of());

    String yaml =
        ProjectYaml.of(
                "e.rows.jsonl", "Is it: \"so\"?\nSay.", rows.inputFields(), rows.outputFields())
            .toText();

    assertThat(yaml)
        .contains("data: e.rows.jsonl", "one of:", "- \"no\"", "- \"yes\"")
        .contains("task: |-\n  Is it: \"so\"?\n  Say.");
  }
}
