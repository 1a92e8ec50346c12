package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles every Java block of the README and the docs. */
@Tag("once")
class DocSnippetsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** Compiled where Spark is: by SparkGuideTest of the module spark. */
  private static final Path OF_SPARK = ROOT.resolve("docs/guides/spark.md");

  private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final Pattern RECORD =
      Pattern.compile("record (\\w+)\\(([^{]*?)\\)\\s*(?:\\{|implements)");
  private static final Pattern FIELD = Pattern.compile("([a-z]\\w*)\\s*(?:,|$)");
  private static final Pattern CONSOLE = Pattern.compile("(?s)```console\\n.*?```");
  private static final String CALLS_OF_SPRING =
      "spring-ai/src/test/java/dev/hone/springai/client/ReadmeCallsTest.java";
  private static final Pattern CLASSES = Pattern.compile("(\\w+)\\.class,\\s*(\\w+)\\.class");
  private static final Pattern TYPES =
      Pattern.compile("(?:Metric|Dataset|Predict|Program)<(\\w+), (\\w+)>");

  /** One block, with the file and line that it begins on. */
  record Snippet(String place, String code) {
    @Override
    public String toString() {
      return place;
    }
  }

  static List<Snippet> snippets() throws IOException {
    List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> guides = Files.walk(ROOT.resolve("docs"))) {
      guides
          .filter(file -> file.toString().endsWith(".md") && !file.equals(OF_SPARK))
          .sorted()
          .forEach(files::add);
    }
    List<Snippet> snippets = new ArrayList<>();
    for (Path file : files) {
      String text = Files.readString(file);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        long line = text.substring(0, block.start()).lines().count() + 1;
        snippets.add(new Snippet(ROOT.relativize(file) + ":" + line, block.group(1)));
      }
    }
    return snippets;
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void compiles(Snippet snippet, @TempDir Path out) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();

    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of("-proc:none", "-d", out.toString(), "-cp", classPath()),
                null,
                List.of(source(unit(snippet.code()))))
            .call();

    assertThat(compiled).as("%s%n%s", snippet.place(), problems).isTrue();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void recordsOfOneSignatureShareNoField(Snippet snippet) {
    Map<String, List<String>> fields = new HashMap<>();
    RECORD
        .matcher(snippet.code())
        .results()
        .forEach(found -> fields.put(found.group(1), fieldsOf(found.group(2))));
    Stream<MatchResult> pairs =
        Stream.of(CLASSES, TYPES).flatMap(pair -> pair.matcher(snippet.code()).results());

    pairs.forEach(
        pair ->
            assertThat(fields.getOrDefault(pair.group(1), List.of()))
                .as("%s: %s", snippet.place(), pair.group())
                .doesNotContainAnyElementsOf(fields.getOrDefault(pair.group(2), List.of())));
  }

  /** The names of the components of a record. */
  private static List<String> fieldsOf(String components) {
    return FIELD.matcher(components).results().map(found -> found.group(1)).toList();
  }

  @Test
  void everyCallOfTheTableInTheReadmeIsInASnippetThatCompiles() throws IOException {
    String compiled =
        Stream.concat(snippets().stream().map(Snippet::code), elsewhere())
            .map(DocSnippetsTest::squeezed)
            .reduce("", String::concat);
    List<String> calls = callsOfTheTable();

    assertThat(calls).hasSizeGreaterThan(30);
    assertThat(calls).filteredOn(call -> !compiled.contains(squeezed(call))).isEmpty();
  }

  /** What is compiled in a module that examples cannot depend on, or run by TranscriptsTest. */
  private static Stream<String> elsewhere() throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(Files.readString(ROOT.resolve(CALLS_OF_SPRING)));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path file : docs.filter(one -> one.toString().endsWith(".md")).toList()) {
        CONSOLE
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .forEach(texts::add);
      }
    }
    return texts.stream();
  }

  /** The calls in the second column of the table "I want to ... -> call". */
  private static List<String> callsOfTheTable() throws IOException {
    List<String> calls = new ArrayList<>();
    String readme = Files.readString(ROOT.resolve("README.md"));
    String table =
        readme.substring(readme.indexOf("| I want to"), readme.indexOf("A call without"));
    for (String row : table.lines().skip(2).filter(line -> line.startsWith("|")).toList()) {
      Matcher call = CODE.matcher(row.split("\\|")[2]);
      while (call.find()) {
        calls.add(call.group(1));
      }
    }
    return calls;
  }

  /** The code without white space and comments, as a call may be on several lines. */
  private static String squeezed(String code) {
    return code.lines()
        .map(line -> line.replaceAll("\\s//.*", ""))
        .reduce("", String::concat)
        .replaceAll("\\s", "");
  }

  /** A block as a compilation unit: its imports first, the rest as the body of a method. */
  private static String unit(String code) {
    String imports =
        code.lines().filter(line -> line.startsWith("import ")).reduce("", (a, b) -> a + b + "\n");
    String body =
        code.lines().filter(line -> !line.startsWith("import ")).reduce("", (a, b) -> a + b + "\n");
    return imports + "class DocSnippet {\n  void run() throws Exception {\n" + body + "  }\n}\n";
  }

  private static JavaFileObject source(String code) {
    return new SimpleJavaFileObject(
        URI.create("string:///DocSnippet.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
