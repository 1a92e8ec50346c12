package dev.hone.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, and the guide, both held to what reads project files. */
class ProjectSchemaTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern SNIPPET = Pattern.compile("(?s)```yaml\\n(.*?)```");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ProjectSchema.text());

  private static List<String> problems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  static Stream<String> snippets() throws IOException {
    Matcher matcher = SNIPPET.matcher(Files.readString(DOCS.resolve("guides/project-files.md")));
    List<String> whole = new ArrayList<>();
    while (matcher.find()) {
      String text = matcher.group(1);
      String inputs = text.contains("inputs:") ? "" : "inputs: { text: what was written }\n";
      String outputs =
          text.contains("outputs:")
              ? ""
              : """
                  outputs:
                    topic: { one of: [BILLING, DEFECT] }
                    answer: a reply
                    tags: { set of: text }
                    price: { type: number }
                  """;
      whole.add(inputs + outputs + text);
    }
    return whole.stream();
  }

  @Test
  void isPublishedAsItIs() throws IOException {
    Path file = DOCS.resolve("schema/hone.schema.json");
    if (Boolean.getBoolean("hone.schema.write")) {
      Files.writeString(file, ProjectSchema.text());
    }

    assertThat(Files.readString(file))
        .as("mvn -pl project test -Dtest=ProjectSchemaTest -Dhone.schema.write=true makes it anew")
        .isEqualTo(ProjectSchema.text());
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void allowsAndLoadsWhatTheGuideShows(String yaml) {
    ProgramFile project = ProgramFile.parse(yaml, Path.of("."), "guide");

    ScriptedModel model = ScriptedModel.answering(request -> "");
    assertThat(project.withModels(name -> model).metric()).isNotNull();
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imputs: { a: b }",
        "model: { nam: x }",
        "split: { tests: 4 }",
        "budget: { call: 4 }",
        "optimizer: { trails: 4 }",
        "strategy: chain",
        "steps: { a: { takes: [text] } }",
        "metric: { juge: x }",
        "data: { fil: x }"
      })
  void refusesWrongKeys(String line) {
    String yaml = "inputs: { text: x }\noutputs: { topic: y }\n" + line + "\n";

    assertThat(problems(yaml)).isNotEmpty();
  }
}
