package dev.hone.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.exchange.CompiledSource;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.Samples;
import dev.hone.program.Predict;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a program may have, and Java not. */
class SourceNamesTest {
  private static PortableProgram program(String signature) {
    return PortableProgram.of("x", Compiled.of(Predict.of(signature)));
  }

  @Test
  void aFieldNamedAsAMethodOfEveryObjectMakesItsSideJson(@TempDir Path folder) {
    String source =
        JavaSource.of(program("text -> hashCode: int, wait"), new SourceName("", "A"), "a.json");

    assertThat(CompiledSource.load("A", source, folder)).isNotNull();
    assertThat(source).contains("Predict<Input, ObjectNode> program()");
  }

  @Test
  void whereOnlyARecordIsReturnedItIsRefused() {
    PortableProgram program = program("text -> toString");

    assertThatThrownBy(() -> LangChain4jSource.of(program, new SourceName("", "A")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"toString\" cannot be a component of a record")
        .hasMessageContaining("Maybe ");
    assertThatThrownBy(() -> SpringAiSource.of(program, new SourceName("", "A")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aPartIsARecordWithANameOfJava() {
    FieldType part =
        new FieldType.ObjectOf("list of", List.of(Field.of("name", new FieldType.Text())));
    JavaTypes types = new JavaTypes(Flavour.HONE);

    types.record("Output", List.of(Field.of("items", new FieldType.ListOf(part))), "It.");

    assertThat(types.declarations()).contains("record ListOf(String name)", "List<ListOf> items");
  }

  @Test
  void aClassMayHaveADollarInItsName() {
    String source =
        JavaSource.of(
            PortableProgram.of("hop", Samples.hop()), new SourceName("", "Hop$1"), "hop.json");

    assertThat(source)
        .contains("public final class Hop$1\n    implements Program<Hop$1.Input, Hop$1.");
  }
}
