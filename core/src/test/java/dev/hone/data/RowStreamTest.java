package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RowStreamTest {
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      Signature.parse("text, count: int? -> label: enum[GOOD|BAD]");

  private static Source source(String text) {
    return Source.of("data", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static <I, O> List<RowStream.Row<I, O>> all(RowStream<I, O> rows) {
    List<RowStream.Row<I, O>> list = new ArrayList<>();
    try (rows) {
      for (var row = rows.next(); row.isPresent(); row = rows.next()) {
        list.add(row.get());
      }
    }
    return list;
  }

  @Test
  void badRowsAreRowsWithTheirFault() {
    var rows =
        all(
            RowStream.ofCsv(
                source("text,count,label\na,1,GOOD\nb,x,BAD\n\nc,,OTHER\nd,2,bad\n"),
                SIGNATURE,
                Columns.asNamed()));

    assertThat(rows).extracting(RowStream.Row::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(rows).extracting(RowStream.Row::line).containsExactly(2, 3, 5, 6);
    assertThat(rows).extracting(row -> row.example().isPresent())
        .containsExactly(true, false, false, true);
    assertThat(rows.get(1).fault().orElseThrow()).hasMessageStartingWith("data, line 3: count: ");
  }

  @Test
  void aHeaderWithoutAFieldIsAFaultOfTheFile() {
    assertThatThrownBy(
            () -> RowStream.ofCsv(source("text,count\na,1\n"), SIGNATURE, Columns.asNamed()))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("\"label\" is missing");
    assertThatThrownBy(
            () -> RowStream.ofCsv(Source.of(Path.of("none")), SIGNATURE, Columns.asNamed()))
        .hasMessageContaining("There is no file none");
    assertThat(all(RowStream.ofCsv(source(""), SIGNATURE, Columns.asNamed()))).isEmpty();
  }

  @Test
  void ofInputsOnlyTheLabelsAreExtras() {
    Columns columns = Columns.asNamed().inputsOnly();
    RowStream<ObjectNode, ObjectNode> rows =
        RowStream.ofCsv(source("label,text,id\nno label,a,7\n,b,8\n"), SIGNATURE, columns);

    assertThat(rows.extraColumns()).containsExactly("label", "id");
    var read = all(rows);
    assertThat(read).allMatch(row -> !row.example().orElseThrow().hasLabel());
    assertThat(read.get(0).example().orElseThrow().extra("label")).contains("no label");
    assertThat(columns).hasToString("Columns[others kept, inputs only]");
    assertThat(
            all(RowStream.ofJsonl(source("{\"text\":\"a\",\"label\":3}"), SIGNATURE, columns))
                .get(0)
                .example()
                .orElseThrow()
                .extra("label"))
        .contains("3");
  }

  /** The rows that are good are those of the whole file without the others. */
  @Test
  void givesTheExamplesThatTheWholeFileHasWithoutItsBadRows() {
    SplittableRandom random = new SplittableRandom(7);
    for (int file = 0; file < 300; file++) {
      boolean csv = file % 2 == 0;
      StringBuilder all = new StringBuilder(csv ? "text,count,label\n" : "");
      StringBuilder good = new StringBuilder(all);
      int bad = 0;
      for (int i = 0; i < 20; i++) {
        boolean isBad = random.nextInt(4) == 0;
        String row = csv ? csvRow(random, isBad) : jsonRow(random, isBad);
        String end = List.of("\n", "\r\n", "\n\n").get(random.nextInt(3));
        all.append(row).append(end);
        good.append(isBad ? "" : row + end);
        bad += isBad ? 1 : 0;
      }

      var rows = all(stream(all.toString(), csv));

      var examples = rows.stream().map(RowStream.Row::example).flatMap(Optional::stream).toList();
      assertThat(rows).as(all.toString()).hasSize(20);
      assertThat(examples).hasSize(20 - bad);
      assertThat(examples).isEqualTo(whole(good.toString(), csv).examples());
    }
  }

  private static RowStream<ObjectNode, ObjectNode> stream(String text, boolean csv) {
    return csv
        ? RowStream.ofCsv(source(text), SIGNATURE, Columns.asNamed())
        : RowStream.ofJsonl(source(text), SIGNATURE, Columns.asNamed());
  }

  private static Dataset<ObjectNode, ObjectNode> whole(String text, boolean csv) {
    return csv
        ? Dataset.ofCsv(source(text), SIGNATURE, Columns.asNamed())
        : Dataset.ofJsonl(source(text), SIGNATURE, Columns.asNamed());
  }

  private static String csvRow(SplittableRandom random, boolean bad) {
    if (bad) {
      return List.of("a,b,c,d,e", "only", "\"a\"b,1,GOOD", "a,x,GOOD", "a,1,OTHER")
          .get(random.nextInt(5));
    }
    return List.of("a,1,GOOD", "\"b,\nc \"\"q\"\"\",,BAD", " d ,2, bad ", "\"\",3,GOOD")
        .get(random.nextInt(4));
  }

  private static String jsonRow(SplittableRandom random, boolean bad) {
    if (bad) {
      return List.of("{", "[1]", "{\"text\":\"a\"}", "{\"text\":\"a\",\"label\":\"OTHER\"}")
          .get(random.nextInt(4));
    }
    return List.of(
            "{\"text\":\"a\",\"count\":1,\"label\":\"GOOD\"}",
            "{\"label\":\"bad\",\"text\":\"b\\nc\"}")
        .get(random.nextInt(2));
  }
}
