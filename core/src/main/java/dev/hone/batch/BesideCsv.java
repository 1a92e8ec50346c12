package dev.hone.batch;

import dev.hone.data.RowStream;
import dev.hone.json.Json;
import dev.hone.text.CsvCells;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CSV, whose rows all have the header's number of cells: of one that has more or fewer, or whose
 * quote nothing closes, the whole text is in its first cell, and the others are empty.
 */
final class BesideCsv<I, O> extends BesideFormat<I, O> {
  private final CsvCells cells;
  private final List<String> head;
  private final int size;
  private final boolean quotesAll;

  BesideCsv(RowsToAnswer<I, O> source, RowStream<I, O> rows) {
    super(source, rows);
    this.cells = new CsvCells(source.format().separator());
    List<String> lines = new ArrayList<>(rows.head());
    String header = lines.isEmpty() ? "" : lines.remove(lines.size() - 1);
    List<String> names = cellTexts(header);
    this.size = names.size();
    this.quotesAll = size > 1 && names.stream().allMatch(name -> name.startsWith("\""));
    if (!header.isEmpty()) {
      List<String> plain = names.stream().map(CsvCells::text).map(String::strip).toList();
      lines.add(header + joined(freeNames(plain)));
    }
    this.head = List.copyOf(lines);
  }

  private List<String> cellTexts(String row) {
    List<Integer> ends = cells.ends(row);
    return IntStream.range(0, ends.size())
        .mapToObj(i -> row.substring(i == 0 ? 0 : ends.get(i - 1) + 1, ends.get(i)).strip())
        .toList();
  }

  private String joined(List<String> more) {
    StringBuilder text = new StringBuilder();
    for (String cell : more) {
      text.append(cells.separator()).append(cells.cell(encodable(cell), quotesAll));
    }
    return text.toString();
  }

  @Override
  List<String> head() {
    return head;
  }

  @Override
  String beside(String begin, ObjectNode values, String error) {
    List<String> more = new ArrayList<>();
    for (Field output : outputs) {
      more.add(cell(output, values.get(output.name())));
    }
    more.add(error);
    return begin + joined(more).substring(1);
  }

  private String cell(Field output, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    String standard = value.isString() ? value.stringValue() : Json.write(value);
    return file().cells().cell(output.type(), standard);
  }

  @Override
  String begin(String text, boolean readable) {
    return whole(text) + cells.separator();
  }

  private String whole(String row) {
    List<Integer> ends = cells.ends(row);
    if (ends.size() == size) {
      return row;
    } else if (ends.size() > size && isEmpty(row.substring(ends.get(size - 1)))) {
      return row.substring(0, ends.get(size - 1));
    }
    return cells.cell(row, true) + String.valueOf(cells.separator()).repeat(Math.max(0, size - 1));
  }

  private boolean isEmpty(String rest) {
    return rest.chars().allMatch(c -> c <= ' ' || c == '"' || c == cells.separator());
  }

  @Override
  Optional<Written> read(String text) {
    List<String> found = cellTexts(text);
    return found.size() == size + outputs.size() + 1
        ? Optional.of(written(CsvCells.text(found.get(found.size() - 1)), true))
        : Optional.empty();
  }
}
