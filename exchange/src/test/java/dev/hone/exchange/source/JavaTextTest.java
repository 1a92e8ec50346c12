package dev.hone.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.exchange.CompiledSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaTextTest {
  private static final List<String> TEXTS =
      List.of(
          " all lines\n  begin with\n   blanks",
          "  a\n  b\n",
          "ends \n\tand begins\t\n  \n \n",
          "a\u3000\nb\u2003",
          "\u3000a\n\u3000b",
          "a\n\u2028\nb",
          "\"\"\" in\n a\\ block\"",
          " a\u00a0\n b\fc\u000b\n\u001f d\r\n");

  @Test
  void textsAreTheSameInTheCompiledClass(@TempDir Path folder) throws ReflectiveOperationException {
    StringBuilder source = new StringBuilder("public class Texts {\n");
    for (int i = 0; i < TEXTS.size(); i++) {
      source
          .append("  public static final String T%d =\n      ".formatted(i))
          .append(JavaText.expression(TEXTS.get(i), "      "))
          .append(";\n");
    }

    Class<?> type = CompiledSource.load("Texts", source.append("}\n").toString(), folder);

    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(type.getField("T" + i).get(null)).as("text %d", i).isEqualTo(TEXTS.get(i));
    }
  }
}
