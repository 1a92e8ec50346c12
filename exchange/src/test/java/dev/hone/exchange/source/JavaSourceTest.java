package dev.hone.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.exchange.CompiledSource;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.SampleInput;
import dev.hone.exchange.Samples;
import dev.hone.lm.LmRequest;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import dev.hone.testkit.ScriptedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class JavaSourceTest {
  @TempDir private Path folder;

  @Test
  void aProgramOfManyTypesGivesTheSameRequest() {
    Compiled<?, ?> before = Samples.routing();

    Compiled<?, ?> after = exported(before, "com.example.orders", "order-routing");

    assertThat(render(after, "self", Samples.order()))
        .isEqualTo(render(before, "self", Samples.order()));
    assertThat(after.program()).isInstanceOf(Predict.class);
    assertThat(((Predict<?, ?>) after.program()).signature().toString())
        .isEqualTo(((Predict<?, ?>) before.program()).signature().toString());
  }

  @Test
  void recordsAndEnumsHaveTheNamesOfTheFields() {
    String source = source(Samples.routing(), new SourceName("", "Orders"));

    assertThat(source)
        .contains(
            "public enum Severity {",
            "@Desc(\"harmless\") LOW",
            "@Limits(min = 0, max = 10) double score",
            "Optional<LocalDate> due",
            "Map<String, Boolean> flags",
            "List<Item> items",
            "public static Compiled<Input, Output> load(Path file)")
        .doesNotContain("package ");
  }

  @Test
  void severalStepsAreOneProgramWithTheSameRequestsAndTheSameRun() {
    Compiled<?, ?> before = Samples.hop();

    Compiled<?, ?> after = exported(before, "", "hop");

    ObjectNode question = Samples.json("{\"question\":\"Who?\"}");
    ObjectNode asked = Samples.json("{\"question\":\"Who?\",\"query\":\"who\"}");
    assertThat(render(after, "rewrite", question)).isEqualTo(render(before, "rewrite", question));
    assertThat(render(after, "answer.predict", asked))
        .isEqualTo(render(before, "answer.predict", asked));
    assertThat(ran(after, "Hop$Input")).contains("answer=Joyce", "sources=[a, b]");
  }

  /** Runs the exported program on a question. */
  private String ran(Compiled<?, ?> program, String input) {
    ScriptedModel model =
        ScriptedModel.inOrder(
            "{\"query\": \"dubliners\"}",
            "{\"reasoning\": \"r\", \"answer\": \"Joyce\", \"sources\": [\"a\", \"b\"]}");
    try {
      Class<?> type = program.program().getClass().getClassLoader().loadClass(input);
      Object question = type.getDeclaredConstructors()[0].newInstance("Who?");
      return String.valueOf(Context.builder().lm(model).build().call(() -> run(program, question)));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <I> Object run(Compiled<I, ?> program, Object input) {
    return program.run((I) input);
  }

  /** Names predictors by the keys of a map, as programs of files do. */
  private static final class Mapped implements Program<ObjectNode, ObjectNode> {
    private final Map<String, Program<ObjectNode, ObjectNode>> steps = new LinkedHashMap<>();

    private Mapped() {
      steps.put("search", Predict.of("question -> query"));
      steps.put("answer", ChainOfThought.of(Signature.parse("question, query -> answer: int")));
    }

    @Override
    public ObjectNode run(ObjectNode input) {
      throw new UnsupportedOperationException("rendered only");
    }
  }

  @Test
  void stepsOfAMapKeepTheirNames() {
    Compiled<?, ?> before = Compiled.of(new Mapped());

    Compiled<?, ?> after = exported(before, "", "mapped");

    ObjectNode asked = Samples.json("{\"question\":\"Who?\",\"query\":\"who\"}");
    String name = "steps['answer'].predict";
    assertThat(after.predictors().byName()).containsOnlyKeys(before.predictors().byName().keySet());
    assertThat(render(after, name, asked)).isEqualTo(render(before, name, asked));
  }

  @Test
  void valuesThatAreNoNamesInJavaMakeTheirSideJson() {
    Compiled<?, ?> before =
        Compiled.of(
            Predict.of(
                "text, class: str -> topic: enum['comp.graphics'|'very bad'], n: list[int]?",
                "Say it."));
    ObjectNode inputs = SampleInput.of(Predict.of("text, class -> topic").signature());

    Compiled<?, ?> after = exported(before, "", "topics");

    assertThat(render(after, "self", inputs)).isEqualTo(render(before, "self", inputs));
  }

  @Test
  void aVeryLongInstructionIsNoProblemForTheCompiler() {
    String text = "Be exact. 🙂 ".repeat(8_000);
    Compiled<?, ?> before = Compiled.of(Predict.of("question -> answer", text));

    Compiled<?, ?> after = exported(before, "", "long");

    assertThat(after.state()).isEqualTo(before.state());
  }

  @Test
  void stepsThatDoNotFitAreRefused() {
    record Steps(Program<ObjectNode, ObjectNode> first, Program<ObjectNode, ObjectNode> second)
        implements Program<ObjectNode, ObjectNode> {
      @Override
      public ObjectNode run(ObjectNode input) {
        return second.run(first.run(input));
      }
    }
    Steps steps =
        new Steps(Predict.of("question -> hits: list[str]"), Predict.of("hits -> answer"));

    assertThatThrownBy(() -> source(Compiled.of(steps), new SourceName("", "Steps")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("takes \"hits\" as text, and it is list of text before")
        .hasMessageContaining("Maybe ");
  }

  @Test
  void namesThatAreNoneInJavaAreRefused() {
    assertThatThrownBy(() -> new SourceName("my-app", "Tickets"))
        .hasMessageContaining("my-app")
        .hasMessageContaining("Maybe ");
    assertThatThrownBy(() -> new SourceName("", "my tickets")).hasMessageContaining("MyTickets");
  }

  private static String source(Compiled<?, ?> program, SourceName name) {
    return JavaSource.of(PortableProgram.of("x", program), name, "x.program.json");
  }

  /** Through a file, as the command does: the source from the file alone, then the file into it. */
  private Compiled<?, ?> exported(Compiled<?, ?> program, String inPackage, String name) {
    Path file = folder.resolve(name + ".program.json");
    program.save(file);
    SourceName named = SourceName.of(inPackage, name);
    String source = JavaSource.of(PortableProgram.read(file), named, file.toString());
    String prefix = inPackage.isEmpty() ? "" : inPackage + ".";
    Class<?> type = CompiledSource.load(prefix + named.className(), source, folder);
    try {
      return (Compiled<?, ?>) type.getMethod("load", Path.class).invoke(null, file);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(source, e);
    }
  }

  private static LmRequest render(Compiled<?, ?> program, String predictor, ObjectNode inputs) {
    Context context =
        Context.builder().lm(ScriptedModel.inOrder("")).adapter(Adapter.chat()).build();
    return context.call(() -> program.render(predictor, inputs));
  }
}
