package dev.hone.optimize.journal;

import dev.hone.InvalidInputException;
import dev.hone.optimize.journal.JournalScan.Stretch;
import dev.hone.text.Plural;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a journal: what is damaged in it is set aside in a file of its own, and told. */
final class JournalFile {
  static final String NAME = "journal.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Path file;

  JournalFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  Path path() {
    return file;
  }

  /**
   * Sees to it that every line of the file is as it was written.
   *
   * @return what was done about damage, in a sentence; empty if there is none
   * @throws InvalidInputException if it is another file, which is left as it is
   */
  Optional<String> repair() throws IOException {
    OwnerFiles.createFile(file);
    requireOwn();
    List<Stretch> damaged = JournalScan.read(file, (bytes, length, offset) -> {});
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    Path aside = aside();
    copy(aside, damaged);
    long size = Files.size(file);
    Stretch first = damaged.get(0);
    if (first.end() == size) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(first.offset());
        channel.force(true);
      }
    } else {
      rewrite(damaged, size);
    }
    long bytes = damaged.stream().mapToLong(Stretch::length).sum();
    String told =
        "The journal %s was damaged: %s at byte %d%s set aside in %s; all else is used"
            .formatted(
                file,
                Plural.of(bytes, "byte"),
                first.offset(),
                damaged.size() == 1
                    ? ""
                    : " and at %s more".formatted(Plural.of(damaged.size() - 1, "place")),
                aside.getFileName());
    LOG.warn("{}", told);
    return Optional.of(told);
  }

  private void requireOwn() throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(file)) {
      head = in.readNBytes(JournalLine.HEAD.length);
    }
    if (!JournalLine.startsWithHead(head, head.length)) {
      throw foreign();
    }
  }

  InvalidInputException foreign() {
    return InvalidInputException.of(
        "The file %s is no journal of a run".formatted(file), "name another folder");
  }

  private Path aside() {
    for (int number = 1; ; number++) {
      Path aside = folder.resolve("damaged-" + number + ".txt");
      if (!Files.exists(aside)) {
        return aside;
      }
    }
  }

  private void rewrite(List<Stretch> damaged, long size) throws IOException {
    Path whole = folder.resolve(NAME + ".tmp");
    Files.deleteIfExists(whole);
    List<Stretch> good = new ArrayList<>();
    long from = 0;
    for (Stretch one : damaged) {
      good.add(new Stretch(from, one.offset() - from));
      from = one.end();
    }
    good.add(new Stretch(from, size - from));
    copy(whole, good);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(Path to, List<Stretch> stretches) throws IOException {
    OwnerFiles.createFile(to);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r");
        FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      byte[] buffer = new byte[BUFFER];
      for (Stretch one : stretches) {
        in.seek(one.offset());
        for (long left = one.length(); left > 0; ) {
          int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
          if (read < 0) {
            break;
          }
          out.write(buffer, 0, read);
          left -= read;
        }
      }
      out.flush();
      channel.force(true);
    }
  }

  /** Empties the file. */
  void clear() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }
}
