package dev.hone.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.retrieve.IndexFileException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {
  private static final TableEmbedder EMBEDDER =
      new TableEmbedder("table").with("east", 1, 0).with("nörd", 0.1f, 2).with("", 0, 0);
  private static final List<Passage> PASSAGES =
      List.of(new Passage("a", "nörd"), new Passage("ß", "east"), new Passage("c", ""));

  /** Magic, version, count, dimension, length and bytes of the embedder's id. */
  private static final int COUNT_AT = 12;

  private static final int DIMENSION_AT = 16;
  private static final int ID_LENGTH_AT = 20;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void saved() {
    file = folder.resolve("new").resolve("passages.index");
    EmbeddingIndex.of(EMBEDDER, PASSAGES).save(file);
  }

  private static Problem problem(Path file) {
    try {
      EmbeddingIndex.load(file, EMBEDDER);
      throw new AssertionError("it was read");
    } catch (IndexFileException e) {
      assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("Maybe");
      return e.problem();
    }
  }

  private Problem problemWith(int at, int number) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    return problem(Files.write(folder.resolve("changed.index"), bytes));
  }

  @Test
  void whatWasSavedIsReadAgain() {
    EmbeddingIndex read = EmbeddingIndex.load(file, EMBEDDER);

    assertThat(read.passages()).isEqualTo(PASSAGES);
    assertThat(read.retrieve("east", 3))
        .isEqualTo(EmbeddingIndex.of(EMBEDDER, PASSAGES).retrieve("east", 3));
  }

  @Test
  void theSameIndexGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.index");

    EmbeddingIndex.load(file, EMBEDDER).save(again);

    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void anEmptyIndexIsSavedAndRead() {
    Path empty = folder.resolve("empty.index");

    EmbeddingIndex.of(EMBEDDER, List.of()).save(empty);

    assertThat(EmbeddingIndex.load(empty, EMBEDDER).size()).isZero();
  }

  @Test
  void anotherEmbedderIsRefused() {
    var other = new TableEmbedder("other");

    assertThatThrownBy(() -> EmbeddingIndex.load(file, other))
        .isInstanceOfSatisfying(
            IndexFileException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_EMBEDDER))
        .hasMessageContaining("embedded by \"table\", and queries would be by \"other\"");
  }

  @Test
  void everyBeginningOfAFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut.index"), Arrays.copyOf(bytes, length));

      assertThat(problem(cut)).isIn(Problem.NOT_AN_INDEX, Problem.DAMAGED);
    }
    Path longer = Files.write(folder.resolve("l.index"), Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(problem(longer)).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));

      problem(Files.write(folder.resolve("changed.index"), changed));
    }
  }

  @Test
  void aNumberThatClaimsMoreThanTheFileHasTakesNoMemory() throws IOException {
    for (int number : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28}) {
      assertThat(problemWith(COUNT_AT, number)).isEqualTo(Problem.DAMAGED);
      assertThat(problemWith(DIMENSION_AT, number)).isEqualTo(Problem.DAMAGED);
      assertThat(problemWith(ID_LENGTH_AT, number)).isEqualTo(Problem.DAMAGED);
    }
  }

  @Test
  void aNewerFormatIsSaidToBeNewer() throws IOException {
    assertThat(problemWith(8, 2)).isEqualTo(Problem.NEWER_FORMAT);
    assertThat(problemWith(8, 0)).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void otherFilesAreNotReadable() throws IOException {
    assertThat(problem(folder)).isEqualTo(Problem.NOT_READABLE);
    assertThat(problem(folder.resolve("missing.index"))).isEqualTo(Problem.NOT_READABLE);
    Path text = Files.writeString(folder.resolve("text"), "{\"hone\": \"program\"}".repeat(20));
    assertThat(problem(text)).isEqualTo(Problem.NOT_AN_INDEX);
  }

  @Test
  void aFileThatCannotBeWrittenKeepsWhatWasThere() throws IOException {
    var index = EmbeddingIndex.of(EMBEDDER, List.of());

    assertThatThrownBy(() -> index.save(folder))
        .isInstanceOfSatisfying(
            IndexFileException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_WRITABLE));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file.getParent());
    }
  }
}
