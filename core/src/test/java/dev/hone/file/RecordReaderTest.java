package dev.hone.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.file.RecordReader.TextRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static List<TextRecord> all(RecordReader records) throws IOException {
    List<TextRecord> list = new ArrayList<>();
    for (Optional<TextRecord> next = records.next(); next.isPresent(); next = records.next()) {
      list.add(next.get());
    }
    return list;
  }

  private static List<String> texts(RecordReader records) throws IOException {
    return all(records).stream().map(r -> r.line() + ":" + r.text()).toList();
  }

  @Test
  void linesEndInEachOfTheThreeWays() throws Exception {
    assertThat(texts(RecordReader.ofLines(new StringReader("a\r\nb\rc\n\nd"))))
        .containsExactly("1:a", "2:b", "3:c", "4:", "5:d");
    assertThat(texts(RecordReader.ofLines(new StringReader("a\n")))).containsExactly("1:a");
    assertThat(texts(RecordReader.ofLines(new StringReader("")))).isEmpty();
  }

  @Test
  void quotedCellsHoldLineBreaks() throws Exception {
    assertThat(texts(RecordReader.ofCsv(new StringReader("a,\"b\nc\r\nd\"\n \"e\"\"\n\",f\ng\"h\n"))))
        .containsExactly("1:a,\"b\nc\r\nd\"", "4: \"e\"\"\n\",f", "6:g\"h");
  }

  @Test
  void aQuoteThatNothingClosesCostsItsLine() throws Exception {
    List<TextRecord> records = all(RecordReader.ofCsv(new StringReader("a\n\"b,c\nd\n\ne")));

    assertThat(records).extracting(r -> r.line() + ":" + r.text() + ":" + r.open())
        .containsExactly("1:a:false", "2:\"b,c:true", "3:d:false", "4::false", "5:e:false");
    assertThat(all(RecordReader.ofCsv(new StringReader("\"a"))).get(0).open()).isTrue();
  }

  @Test
  void aQuoteThatNothingClosesForLongCostsItsLineAndNoMemory() throws Exception {
    String line = "x".repeat(99) + "\n";
    StringBuilder text = new StringBuilder("\"open\n");
    for (int i = 0; i < 120_000; i++) {
      text.append(line);
    }

    List<TextRecord> records = all(RecordReader.ofCsv(new StringReader(text.toString())));

    assertThat(records).hasSize(120_001);
    assertThat(records.get(0).open()).isTrue();
    assertThat(records.get(120_000).line()).isEqualTo(120_001);
    assertThat(records.get(77_777).text()).hasSize(99);
  }

  @Test
  void ofALongLineTheBeginningIsKept() throws Exception {
    Reader endless =
        new Reader() {
          private long left = 40_000_000;

          @Override
          public int read(char[] chars, int offset, int length) {
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(chars, offset, offset + count, 'x');
            left -= count;
            return count == 0 ? -1 : count;
          }

          @Override
          public void close() {}
        };

    TextRecord record = RecordReader.ofLines(endless).next().orElseThrow();

    assertThat(record.chars()).isEqualTo(40_000_000);
    assertThat(record.text()).hasSize(4 * RecordReader.MAX_CHARS);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, 1", "UTF-8, 3", "UTF-16LE, 1", "UTF-16BE, 3", "UTF-8, 100000"})
  void decodesWhateverTheChunksAre(String charset, int chunk) throws Exception {
    SplittableRandom random = new SplittableRandom(chunk);
    String text =
        "a" + random.ints(20_000, 0x20, 0x2FFF).mapToObj(Character::toString)
            .collect(Collectors.joining()) + "\uD83D\uDE00";
    byte[] bytes = text.getBytes(Charset.forName(charset));
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, chunk));
          }
        };

    StringBuilder read = new StringBuilder();
    try (DecodedReader reader = new DecodedReader(slow)) {
      char[] buffer = new char[7];
      for (int n = reader.read(buffer, 2, 4); n > 0; n = reader.read(buffer, 2, 4)) {
        read.append(buffer, 2, n);
      }
    }

    assertThat(read.toString()).isEqualTo(text);
  }

  @Test
  void dropsAByteOrderMarkAndRemembersBadBytesByTheirRecord() throws Exception {
    byte[] bytes = "\uFEFFa\nb?c\nd?".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xFC : bytes[i];
    }

    List<TextRecord> records =
        all(RecordReader.ofLines(new DecodedReader(new ByteArrayInputStream(bytes))));

    assertThat(records).extracting(TextRecord::text).containsExactly("a", "b\uFFFDc", "d\uFFFD");
    assertThat(records).extracting(r -> r.badByte().isPresent()).containsExactly(false, true, true);
    assertThat(records.get(1).badByte().orElseThrow().found()).isEqualTo((byte) 0xFC);
  }
}
