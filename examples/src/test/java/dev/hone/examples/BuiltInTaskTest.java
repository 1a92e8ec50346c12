package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInTaskTest {
  private static List<String> fields(BuiltInTask<?, ?> task) {
    Signature<?, ?> signature = task.program().signature();
    return Stream.concat(signature.input().fields().stream(), signature.output().fields().stream())
        .map(BuiltInTaskTest::nameAndType)
        .toList();
  }

  private static String nameAndType(Field field) {
    return field.name() + ": " + field.type().label();
  }

  private static void assertSame(BuiltInTask<?, ?> typed, BuiltInTask<?, ?> untyped) {
    assertThat(fields(typed)).isEqualTo(fields(untyped));
    assertThat(typed.program().state()).isEqualTo(untyped.program().state());
    assertThat(typed.trainset().size()).isEqualTo(untyped.trainset().size());
    assertThat(typed.testset().size()).isEqualTo(untyped.testset().size());
  }

  @Test
  void bothFormsAreTheSameTask() {
    assertSame(ModerationTask.typed(), ModerationTask.untyped());
    assertSame(SupportTask.typed(), SupportTask.untyped());
  }

  @Test
  void noTestExampleIsATrainingExample() {
    for (BuiltInTask<?, ?> task : List.of(ModerationTask.typed(), SupportTask.typed())) {
      assertThat(ids(task.testset())).doesNotContainAnyElementsOf(ids(task.trainset()));
    }
  }

  private static List<String> ids(Dataset<?, ?> examples) {
    return examples.examples().stream().map(Example::id).toList();
  }

  @Test
  void namesEveryTask() {
    assertThat(BuiltInTask.NAMES)
        .containsExactly(SupportTask.typed().name(), ModerationTask.typed().name());
  }
}
