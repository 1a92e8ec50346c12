package dev.hone.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.ObjectOf;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Lists, maps and records as models write them: all of it is read, or it is refused. */
class UglyListsTest {
  private static final FieldType LINE =
      new ObjectOf(
          "Line", List.of(Field.of("sku", type("str")), Field.of("tags", type("list[str]"))));
  private static final FieldType ITEM =
      new ObjectOf("Item", List.of(Field.of("name", type("str")), Field.of("n", type("int"))));

  private static FieldType type(String name) {
    return switch (name) {
      case "Line" -> LINE;
      case "list[Line]" -> new FieldType.ListOf(LINE);
      case "list[Line?]" -> new FieldType.ListOf(new FieldType.OptionalOf(LINE));
      case "Item" -> ITEM;
      case "list[Item]" -> new FieldType.ListOf(ITEM);
      default -> Signature.parse("a -> b: " + name).outputFields().get(0).type();
    };
  }

  /**
   * A type, what was written, and the JSON that is read, or after an exclamation mark the error.
   */
  record Row(String type, String raw, String expected) {}

  private static Row row(String type, String raw, String expected) {
    return new Row(type, raw, expected.replace('\'', '"'));
  }

  private static final String A = "{\"sku\":\"A\",\"tags\":[]}";
  private static final String B = "{\"sku\":\"B\",\"tags\":[\"x\",\"y\"]}";
  private static final String AB = "[" + A + "," + B + "]";

  static Stream<Row> listsOfRecords() {
    return Stream.of(
        row("list[Line]", A, "[" + A + "]"),
        row("list[Line]", AB, AB),
        row("list[Line]", "- " + A + "\n- " + B, AB),
        row("list[Line]", "- " + A, "[" + A + "]"),
        row("list[Line]", "1. " + A + "\n2. " + B, AB),
        row("list[Line]", A + "\n" + B, AB),
        row("list[Line]", A + ", " + B, AB),
        row("list[Line]", A + ",\n" + B + ",", AB),
        row("list[Line]", A + " and " + B, AB),
        row("list[Line]", "```json\n" + AB + "\n```", AB),
        row("list[Line]", "```jsonl\n" + A + "\n" + B + "\n```", AB),
        row("list[Line]", "```json\n" + A + "\n```\n```json\n" + B + "\n```", AB),
        row("list[Line]", "Here are the lines:\n```json\n" + AB + "\n```\nDone.", AB),
        row("list[Line]", "Here are the lines:\n\n- " + A + "\n- " + B + "\n\nThat is all.", AB),
        row("list[Line]", "Line one: " + A + "\nLine two: " + B, AB),
        row("list[Line]", "1. The first:\n" + A + "\n2. The second:\n" + B, AB),
        row("list[Line]", "I found these: " + AB + " as asked.", AB),
        row("list[Line]", "[see note] " + A, "[" + A + "]"),
        row("list[Line]", "{\"lines\":" + AB + "}", AB),
        row("list[Line]", "{\"result\":{\"lines\":" + AB + "},\"count\":2}", AB),
        row("list[Line]", "{'sku': 'A', 'tags': []}\n{sku: B, tags: [x, y,],}", AB),
        row(
            "list[Line]",
            "{\n  \"sku\": \"A\",\n  \"tags\": []\n}\n{\n  \"sku\": \"B\",\n"
                + "  \"tags\": [\n    \"x\",\n    \"y\"\n  ]\n}",
            AB),
        row("list[Line]", text(A).toString(), "[" + A + "]"),
        row("list[Line]", text(AB).toString(), AB),
        row("list[Line]", "[" + text(A) + "," + text(B) + "]", AB),
        row("list[Line]", "[[" + A + "]," + B + "]", AB),
        row("list[Line]", "- " + AB, AB),
        row("list[Line]", "[]", "[]"),
        row("list[Line]", "none", "[]"),
        row("list[Line?]", A + "\n" + B, AB),
        row("list[Line]", AB + "\n" + AB, "!x: found 2 JSON arrays, expected one: list of object"),
        row("list[Line]", A + "\n[]", "!x: found 1 JSON object and 1 JSON array"),
        row("list[Line]", "- " + A + " [1]\n- " + B + " [2]", AB),
        row("list[Line]", AB + "\n\nThat is all [2].", AB),
        row("list[enum[HATE|SPAM]]", "1. [\"HATE\"] as in [3]", "['HATE']"),
        row("list[enum[1|2]]", "[\"1\"] or [2]", "!x: found 2 JSON arrays"),
        row(
            "list[Line]",
            "- " + A + "\n- sku B, no tags",
            "!x[1]: found 'sku B, no tags', expected object"),
        row("list[Line]", "Lines:\n- " + A + "\n- sku B", "!x: found 'Lines:"),
        row(
            "list[Line]",
            A + "\n{\"sku\":\"B\",\"tags\":[",
            "!x: the JSON ends before it is complete"),
        row("list[Line]", A + "\n{\"sku\":\"B\"}", "!x[1].tags: the value is missing"),
        row("list[Line]", "{\"sku\":\"A\",\"tags\":[]\n" + B, "!x: found '{"),
        row("list[Line]", "{\"note\":1}\n" + A, "!x[0].sku: the value is missing"),
        row("list[Line]", "- A\n- B", "!x: found '- A"),
        row("list[Line]", "The first is A.", "!x: found 'The first"),
        row(
            "list[Item]",
            "{\"name\":\"a\",\"n\":1}\n{\"name\":\"b\",\"n\":2}",
            "[{'name':'a','n':1},{'name':'b','n':2}]"),
        row(
            "list[Item]",
            "* {\"name\":\"a\",\"n\":1}\n* {\"name\":\"b\",\"n\":2}",
            "[{'name':'a','n':1},{'name':'b','n':2}]"),
        row("list[dict[str,int]]", "{\"a\":1}\n{\"a\":2}", "[{'a':1},{'a':2}]"),
        row("list[dict[str,int]]", "{\"items\":[{\"a\":1},{\"a\":2}]}", "[{'a':1},{'a':2}]"),
        row("list[dict[str,list[int]]]", "{\"a\":[1,2]}", "[{'a':[1,2]}]"));
  }

  static Stream<Row> listsOfLists() {
    return Stream.of(
        row("list[list[str]]", "- [\"a\"]\n- [\"b\",\"c\"]", "[['a'],['b','c']]"),
        row("list[list[str]]", "- [\"b\",\"c\"]", "[['b','c']]"),
        row("list[list[str]]", "[\"a\"]\n[\"b\",\"c\"]", "[['a'],['b','c']]"),
        row("list[list[str]]", "[\"a\"], [\"b\",\"c\"]", "[['a'],['b','c']]"),
        row("list[list[str]]", "Groups:\n1. [\"a\"]\n2. []", "[['a'],[]]"),
        row("list[list[str]]", "[[\"a\"],[\"b\",\"c\"]]", "[['a'],['b','c']]"),
        row("list[list[str]]", "The groups: [[\"a\"],[]]", "[['a'],[]]"),
        row("list[list[str]]", "- [\"a\"]\n- b", "[['a'],['b']]"),
        row("list[list[int]]", "[1, 2]\n[3]", "[[1,2],[3]]"),
        row("list[list[str]]", "[[\"a\"]]\n[[\"b\"]]", "!x: found 2 JSON arrays"),
        row("list[list[str]]", "As [\"a\"] or else [\"b\"]", "!x: found 2 JSON arrays"),
        row("list[list[str]]", "- [\"a\"]\n- [\"b\",", "!x: the JSON ends"));
  }

  static Stream<Row> listsOfScalars() {
    return Stream.of(
        row("list[int]", "[1]\n[2]\n[3]", "[1,2,3]"),
        row("list[int]", "- [1]\n- [2]", "[1,2]"),
        row("list[int]", "- [1, 2]", "[1,2]"),
        row("list[int]", "Found 3 numbers: [1, 2, 3].", "[1,2,3]"),
        row("list[int]", "The numbers are [1, 2]", "[1,2]"),
        row("list[int]", "The answer is [5].", "[5]"),
        row("list[int]", "**Numbers:** [4]", "[4]"),
        row("list[int]", "```\n[1, 2]\n```", "[1,2]"),
        row("list[int]", "{\"numbers\":[1,2]}", "[1,2]"),
        row("list[int]", "\"1,000\", \"2,000\"", "[1000,2000]"),
        row("list[int]", "- 1,000\n- 2", "[1000,2]"),
        row("list[int]", "[[1],[2]]", "[1,2]"),
        row("list[int]", "\"[1,2]\"", "[1,2]"),
        row("list[int]", "- 5 [1]\n- 7 [2]", "!x[0]: found '5 [1]'"),
        row("list[int]", "5 (source [1])", "!x[0]: found '5 (source [1])'"),
        row("list[int]", "Five (source [1])", "!x[0]: found"),
        row("list[int]", "The answer is 5 [1].", "!x[0]: found"),
        row("list[int]", "5\n\nSources:\n[1]", "!x[1]: found"),
        row("list[int]", "[1, 2]\n[3]", "!x: found 2 JSON arrays, expected one: list of whole"),
        row("list[int]", "- [1, 2]\n- 3", "!x[0]: found"),
        row("list[int]", "Numbers: [1, 2", "!x"),
        row("set[date]", "2026-01-01 … []", "!x[0]: found '2026-01-01 … []'"),
        row("set[datetime]", "2026-01-01 18:30 … []", "!x[0]: found"),
        row("set[date]", "There are no dates: []", "[]"),
        row("set[date]", "Dates: [\"2026-01-01\"]", "['2026-01-01']"),
        row("set[date]", "- 2026-01-01\n- \"2026/01/02\"", "['2026-01-01','2026-01-02']"),
        row("list[enum[HATE|SPAM]]", "[HATE]\n[SPAM]", "['HATE','SPAM']"),
        row(
            "list[enum[HATE|SPAM]]",
            "HATE and SPAM apply: [\"HATE\", \"SPAM\"]",
            "['HATE','SPAM']"),
        row("list[enum[HATE|SPAM]]", "HATE   and   SPAM", "['HATE','SPAM']"),
        row("list[enum[HATE|SPAM]]", "HATE\n\nand SPAM", "['HATE','SPAM']"),
        row("list[enum[HATE|SPAM]]", "Policies: ['HATE', 'SPAM']", "['HATE','SPAM']"),
        row("list[enum[HATE|SPAM]]", "HATE [\"SPAM\"]", "!x[0]: found"),
        row("list[enum[HATE|SPAM]]", "- HATE\n- see [\"SPAM\"]", "!x[1]: found"),
        row("list[enum['A, B'|C]]", "\"A, B\", \"C\"", "['A, B','C']"),
        row("list[bool]", "yes, no", "[true,false]"),
        row("list[float]", "0.5; .5", "[0.5,0.5]"),
        row("list[json]", "{\"a\":1}\n{\"b\":2}", "[{'a':1},{'b':2}]"),
        row("list[int]", "{\"sku\":\"A\",\"tags\":[]}", "!x[0]: found"),
        row("list[json]", "The value is {\"a\":1} as asked", "[{'a':1}]"),
        row("list[json]", "1. [1] as asked", "[1]"),
        row("list[json]", "1. [1]\n\nNotes:\n- one", "!x: found"),
        row("list[json]", "[1]\n[2]", "[[1],[2]]"),
        row("list[json]", "Values: [1, {\"a\":2}]", "[1,{'a':2}]"));
  }

  static Stream<Row> listsOfText() {
    return Stream.of(
        row("list[str]", "\"a\", \"b\"", "['a','b']"),
        row("list[str]", "'a', 'b'", "['a','b']"),
        row("list[str]", "“a”; “b”", "['a','b']"),
        row("list[str]", "\"a\"\n\"b\"", "['a','b']"),
        row("list[str]", "\"a\",\n\"b\",\n", "['a','b']"),
        row("list[str]", "- \"a\"\n- \"b\"", "['a','b']"),
        row("list[str]", "1) \"a\"\n2) b", "['a','b']"),
        row("list[str]", "\"a\"", "['a']"),
        row("list[str]", "\"a, b\", \"c\"", "['a, b','c']"),
        row("list[str]", "\"a \\\"b\\\" c\"", "['a \\'b\\' c']"),
        row("list[str]", "\"He said \"no\" to me\"", "['He said \\'no\\' to me']"),
        row("list[str]", "\"a\" is not \"b\"", "['\\'a\\' is not \\'b\\'']"),
        row("list[str]", "- \"a\" is not \"b\"", "['\\'a\\' is not \\'b\\'']"),
        row("list[str]", "- call f([\"a\"])\n- b", "['call f([\\'a\\'])','b']"),
        row("list[str]", "- [\"a\"]\n- [\"b\"]", "['a','b']"),
        row("list[str]", "- [\"a\", \"b\"]", "['a','b']"),
        row("list[str]", "- [x] done\n- [ ] open", "['[x] done','[ ] open']"),
        row("list[str]", "see [1] and [2]", "['see [1] and [2]']"),
        row("list[str]", "Tags: [\"a\", \"b\"]\nThat is all.", "['a','b']"),
        row("list[str]", "Tags: ['a', 'b']", "['a','b']"),
        row("list[str]", "There are none: []", "[]"),
        row("list[str]", "{\"tags\":[\"a\",\"b\"],\"sure\":true}", "['a','b']"),
        row("list[str]", "\"[\\\"a\\\",\\\"b\\\"]\"", "['a','b']"),
        row("list[str]", "one\ntwo", "!x: found 'one\\ntwo'"),
        row("list[str]", "alpha, beta []", "!x: found 'alpha"),
        row("list[str]", "[\"a\"] or rather [\"b\"]", "!x: found 2 JSON arrays"),
        row("list[str]", "Tags: [\"a\", \"b", "!x: the JSON ends"));
  }

  static Stream<Row> recordsMapsAndScalars() {
    return Stream.of(
        row("Line", A, A),
        row("Line", "[" + A + "]", A),
        row("Line", "Sure [1]: " + A + " as asked.", A),
        row("Line", "```json\n" + A + "\n```", A),
        row("Line", text(A).toString(), A),
        row("Line", "Given {x: 1} this is {sku: A, tags: []}", A),
        row("Line", A + "\n\nAgain:\n" + A, A),
        row("Line", AB, "!x: found 2 JSON objects, expected one: object {sku"),
        row("Line", A + "\n" + B, "!x: found 2 JSON objects, expected one: object {sku"),
        row("Line", A + "\n{\"sku\":\"B\"}", "!x: found 2 JSON objects"),
        row("Line", A + "\n{\"sku\":\"B\",\"tags\":[", "!x: the JSON ends"),
        row("Line", "[1]", "!x: found '[1]'"),
        row("dict[str,int]", "{\"a\":1}\n{\"b\":2}", "{'a':1,'b':2}"),
        row("dict[str,int]", "- {\"a\":1}\n- {\"b\":2}", "{'a':1,'b':2}"),
        row("dict[str,int]", "[{\"a\":1}]", "{'a':1}"),
        row("dict[str,int]", "The map: {\"a\":1}.", "{'a':1}"),
        new Row("dict[str,int]", "{\"a\":1}\n{\"a\":2}", "!x['a']: the key is there twice"),
        row("dict[str,int]", "Given {\"a\":1} it is {\"b\":2}", "!x: found 2 JSON objects"),
        row("dict[str,int]", "a: 1", "!x: found 'a: 1'"),
        row("enum[LOW|HIGH]", "[\"LOW\"]", "'LOW'"),
        row("int", "[3]", "3"),
        row("int", "[3, 4]", "!x: found '[3, 4]'"));
  }

  private static JsonNode text(String text) {
    return StringNode.valueOf(text);
  }

  @ParameterizedTest
  @MethodSource({
    "listsOfRecords",
    "listsOfLists",
    "listsOfScalars",
    "listsOfText",
    "recordsMapsAndScalars"
  })
  void isReadAsAWholeOrRefused(Row row) {
    FieldType type = type(row.type());

    check(row, () -> Coercion.text(type, row.raw(), "x").toString());
    if (!(row.type().equals("int") || row.type().startsWith("enum"))) {
      check(row, () -> Coercion.value(type, text(row.raw()), "x").toString());
    }
  }

  private static void check(Row row, Supplier<String> read) {
    if (row.expected().startsWith("!")) {
      assertThatThrownBy(read::get)
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageStartingWith(row.expected().substring(1));
    } else {
      assertThat(read.get()).isEqualTo(row.expected());
    }
  }
}
