package dev.hone.optimize.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalWriterTest {
  private final FullDisk disk = new FullDisk();
  private final JournalWriter writer = new JournalWriter(Path.of("run"), disk, 0);

  /** Takes a number of bytes, and then no more, as a full disk does: a part of a write is left. */
  private static final class FullDisk implements JournalOutput {
    private byte[] bytes = {};
    private int room = Integer.MAX_VALUE;
    private boolean closed;

    @Override
    public void write(byte[] more) throws IOException {
      int fits = Math.min(more.length, room - bytes.length);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes);
      all.write(more, 0, fits);
      bytes = all.toByteArray();
      if (fits < more.length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void sync() {}

    @Override
    public void truncate(long length) {
      bytes = Arrays.copyOf(bytes, (int) length);
    }

    @Override
    public void close() {
      closed = true;
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static byte[] line(int number) {
    return ("line " + number + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void linesOfManyThreadsAreAllWrittenWhole() {
    IntStream.range(0, 500).parallel().forEach(i -> writer.append(line(i)));

    assertThat(disk.text().lines())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 500).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void afterAFullDiskNothingIsWrittenAndHalfALineIsCutOff() {
    writer.append(line(1));
    disk.room = 10;

    assertThatThrownBy(() -> writer.append(line(2)))
        .isInstanceOf(LmException.JournalFailed.class)
        .hasMessageContainingAll("run", "No space left on device", "Maybe");
    disk.room = Integer.MAX_VALUE;

    assertThatThrownBy(() -> writer.append(line(3))).isInstanceOf(LmException.JournalFailed.class);
    assertThatThrownBy(writer::requireIntact).isInstanceOf(LmException.JournalFailed.class);
    writer.close();
    assertThat(disk.text()).isEqualTo("line 1\n");
    assertThat(disk.closed).isTrue();
  }

  @Test
  void whatMayWaitIsWrittenAtTheLatestAtTheEnd() {
    writer.appendLater(line(1));
    writer.close();

    assertThat(disk.text()).isEqualTo("line 1\n");
  }

  @Test
  void anyBitThatIsChangedInALineIsFound() {
    byte[] line = JournalLine.encode(Json.object().put("text", "\ud83d\ude00 and half \ud83d"));
    int length = line.length - 1;
    assertThat(JournalLine.isWhole(line, length)).isTrue();
    assertThat(JournalLine.decode(line, length).path("text").stringValue(""))
        .isEqualTo("\ud83d\ude00 and half \ud83d");

    List<Integer> missed =
        IntStream.range(0, 8 * length)
            .filter(
                bit -> {
                  byte[] other = line.clone();
                  other[bit / 8] ^= (byte) (1 << bit % 8);
                  return JournalLine.isWhole(other, length);
                })
            .boxed()
            .toList();

    assertThat(missed).isEmpty();
  }
}
