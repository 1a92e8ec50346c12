package dev.hone.signature;

import static dev.hone.signature.ParsedType.REFUSED;
import static dev.hone.signature.ParsedType.member;
import static dev.hone.signature.ParsedType.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.coerce.Coercion;
import dev.hone.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

/** Lists of texts that are written as a text: items are split where that is plain, or refused. */
class CoercionOfListTextsTest {
  private static void reads(String raw, String expected) {
    for (String type : new String[] {"list[str]", "set[str]", "list[str?]", "list[str]?"}) {
      assertThat(section(type, "tags", raw)).as(type).isEqualTo(expected);
      assertThat(member(type, "tags", Json.write(StringNode.valueOf(raw))))
          .as(type)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java, sql and bash",
        "java, sql, and bash",
        "java, sql & bash",
        "java, sql, bash",
        "java,sql,bash",
        "java; sql; bash",
        "java;sql;bash",
        "java|sql|bash",
        "java | sql | bash",
        "java、sql、bash",
        "java，sql，bash",
        "java；sql；bash",
        "java\tsql\tbash",
        "java, sql, bash,",
        "- java\n- sql\n- bash",
        "1. java\n2. sql\n3. bash",
        "• java\n• sql\n\n• bash",
        "\"java\", \"sql\", \"bash\"",
        "\"java\", \"sql\" and \"bash\"",
        "'java', 'sql', and 'bash'",
        "“java”; “sql”; “bash”",
        "['java' 'sql' 'bash']",
        "[\"java\" \"sql\" \"bash\"]",
        "['java' 'sql'\n 'bash']",
        "{'java', 'sql', 'bash'}",
        "{\"java\", \"sql\", \"bash\"}",
        "('java', 'sql', 'bash')",
        "(\"java\", \"sql\", \"bash\",)",
        "set(['java', 'sql', 'bash'])",
        "set([\"java\", \"sql\", \"bash\"])",
        "List.of(\"java\", \"sql\", \"bash\")",
        "Arrays.asList(\"java\", \"sql\", \"bash\")",
        "new String[] {\"java\", \"sql\", \"bash\"}",
        "array(['java', 'sql', 'bash'], dtype=object)",
        "[java, sql, bash]",
        "[java, sql, bash],",
        "[java, sql, bash].",
        "[\"java\", \"sql\", \"bash\"];",
        "```\n{'java', 'sql', 'bash'}\n```",
        "{\"tags\": \"java, sql and bash\"}",
        "{\"Tags\": [\"java\", \"sql\", \"bash\"]}"
      })
  void splitsItemsThatArePlainlySeveral(String raw) {
    reads(raw, "[\"java\",\"sql\",\"bash\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "java, sql>['java','sql']",
        "Python, Java, SQL>['Python','Java','SQL']",
        "C++; C#; .NET>['C++','C#','.NET']",
        "machine learning; data science>['machine learning','data science']",
        "New York | San Francisco>['New York','San Francisco']",
        "node.js, vue.js>['node.js','vue.js']",
        "#java, #sql>['#java','#sql']",
        "('a',)>['a']",
        "{\"a, b\", 'c'}>['a, b','c']",
        "{\"tags\":\"banana\"}>['banana']",
        "{\"TAGS\": \"banana\"}>['banana']",
        "{\"tags\": null}>[]",
        "{\"tags\": \"\"}>[]",
        "{\"tags\": \"N/A\"}>[]",
        "{\"banana\": [\"CAT\"]}>['CAT']",
        "banana>['banana']",
        "New York City>['New York City']",
        "1,234 euros>['1,234 euros']",
        "f(a, b)>['f(a, b)']",
        "P(A|B)>['P(A|B)']",
        "AT&T>['AT&T']",
        "TCP/IP>['TCP/IP']",
        "It is cold today.>['It is cold today.']",
        "Restart the server and clear the whole cache.>"
            + "['Restart the server and clear the whole cache.']",
        "\"Paris, France\">['Paris, France']",
        "- Paris, the capital of France, is big.>['Paris, the capital of France, is big.']",
        "- none>[]",
        "- N/A>[]"
      },
      quoteCharacter = '~')
  void readsTheOnePlainReading(String raw, String expected) {
    reads(raw, expected.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Paris, France",
        "Paris,France",
        "Hello, world",
        "June 3, 2026",
        "Paris, the capital of France, is big.",
        "He came, he saw, he conquered.",
        "machine learning, data science",
        "Tags: java, sql",
        "Tags: java; sql",
        "java and sql",
        "java & sql",
        "java or sql",
        "java / sql",
        "java · sql",
        "java • sql",
        "java, sql; bash",
        "1,2,3",
        "1. java 2. sql 3. bash",
        "(1) java (2) sql",
        "- java - sql - bash",
        "- java, sql and bash",
        "a \"b, c",
        "(a, b; c",
        "java;; sql",
        "x || y",
        "(java, sql)",
        "set([java, sql])",
        "array([java sql])",
        "one\ntwo",
        "{oops}",
        "{oops, again}",
        "[{]",
        "[}]",
        "{\"tags\":{\"name\":\"Klaus\"}}",
        "{\"name\":\"Klaus\"}",
        "{\"name\":\"Klaus\",\"age\":3}",
        "{\"banana\": \"x\"}",
        "{\"a\": [\"b\"], \"c\": [\"d\"]}",
        "[{\"name\":\"Klaus\"}]",
        "[[\"a\",\"b\"],[\"c\"]]",
        "[\"a\", [\"b\"]]",
        "{a: }",
        "{'a': 'b', 'c'}",
        "[\"a\", \"b\"",
        "[oops",
        "{\"tags\": [\"a\""
      })
  void refusesWhatCanBeReadInTwoWaysOrIsJsonOfAnotherKind(String raw) {
    reads(raw, REFUSED);
  }

  @Test
  void theErrorGivesBothReadings() {
    assertThatThrownBy(() -> Coercion.text(ParsedType.of("list[str]"), "Paris, France", "places"))
        .hasMessage(
            "places: found \"Paris, France\", which may be one item, [\"Paris, France\"], or"
                + " several, [\"Paris\",\"France\"]; expected list of text as a JSON array");
    assertThatThrownBy(
            () -> Coercion.text(ParsedType.of("list[str]"), "very long word, ".repeat(900), "x"))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500))
        .hasMessageContaining("and more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "list[int]>1,000, 2,000>[1000,2000]",
        "list[int]>1,000; 2>[1000,2]",
        "list[int]>1, 2>[1,2]",
        "list[int]>1,000,2,000>REFUSED",
        "list[int]>5,100,7>REFUSED",
        "list[int]>1,2,3>[1,2,3]",
        "list[float]>1,000.5, 2.5>[1000.5,2.5]",
        "list[bool]>yes; no>[true,false]",
        "list[date]>2026-01-01, 2026-01-02>['2026-01-01','2026-01-02']",
        "list[json]>java, sql>['java','sql']",
        "list[json]>Paris, France>REFUSED",
        "list[list[str]]>a, b>REFUSED",
        "list[int]>{\"tags\": 5}>[5]",
        "list[int]>{\"tags\": [5, 6]}>[5,6]",
        "list[Mood]>FEAR, JOY and SAD>['FEAR','JOY','SAD']"
      })
  void splitsItemsOfOtherTypesOnlyWhereTheyFit(String type, String raw, String expected) {
    assertThat(section(type, "tags", raw)).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void bulletsKeepTheCommasOfTheirLines() {
    reads("- Paris, France\n- java, sql", "[\"Paris, France\",\"java, sql\"]");
  }

  @Test
  void linesOfNumbersKeepTheirThousands() {
    assertThat(section("list[int]", "n", "1,000\n2,000")).isEqualTo("[1000,2000]");
  }

  @Test
  void whatParsesStrictlyAsAListOfTextsIsUnchanged() {
    for (String json :
        new String[] {
          "[\"java, sql and bash\"]", "[\"{oops}\"]", "[\"nothing\"]", "[\"a\\nb\",\"- c\"]"
        }) {
      reads(json, json);
    }
  }
}
