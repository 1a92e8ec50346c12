package dev.hone.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartNamesTest {
  @Test
  void partsAreNamedAfterTheirFieldAndNotAfterTheKeyOfTheirType() {
    ProgramFile project =
        ProgramFile.parse(
            """
            inputs: { text: it }
            outputs:
              items: { list of: { fields: { name: it } } }
              owner: { fields: { name: it, home: { fields: { city: it } } } }
            """,
            Path.of(""),
            "orders");

    List<Field> outputs = project.signature().outputFields();

    assertThat(((FieldType.ListOf) outputs.get(0).type()).item())
        .isInstanceOfSatisfying(
            FieldType.ObjectOf.class, part -> assertThat(part.name()).isEqualTo("items"));
    assertThat(outputs.get(1).type())
        .isInstanceOfSatisfying(
            FieldType.ObjectOf.class,
            part -> {
              assertThat(part.name()).isEqualTo("owner");
              assertThat(((FieldType.ObjectOf) part.fields().get(1).type()).name())
                  .isEqualTo("home");
            });
  }
}
