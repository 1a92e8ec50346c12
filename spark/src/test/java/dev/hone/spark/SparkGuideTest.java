package dev.hone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java blocks of the guide. */
class SparkGuideTest {
  private static final Path GUIDE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/guides/spark.md");
  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  private static String unit(int number, String code) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    code.lines()
        .forEach(line -> (line.startsWith("import ") ? imports : body).append(line).append('\n'));
    return imports
        + "class Block%d {\n  void run() throws Exception {\n%s  }\n}\n".formatted(number, body);
  }

  @Test
  void everyBlockCompiles(@TempDir Path out) throws IOException {
    List<JavaFileObject> units = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      String unit = unit(units.size(), block.group(1));
      URI name = URI.create("string:///Block" + units.size() + ".java");
      units.add(
          new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return unit;
            }
          });
    }
    StringWriter problems = new StringWriter();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> options = List.of("-proc:none", "-d", out.toString(), "-cp", classPath);

    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(problems, null, null, options, null, units)
            .call();

    assertThat(units).hasSize(3);
    assertThat(compiled).as(problems.toString()).isTrue();
  }
}
