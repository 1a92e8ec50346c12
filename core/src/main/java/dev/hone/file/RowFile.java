package dev.hone.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text file in UTF-8 that grows row by row: what is appended is with the system at once, so that
 * the end of the process loses nothing of it, and leaves at most the last row unfinished. One
 * process writes it at a time. An interrupt neither closes it nor cuts a row. Thread-safe.
 */
public final class RowFile implements Closeable {
  /** Beyond the end of any file, so that others may read it meanwhile. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path file;
  private final RandomAccessFile access;

  private RowFile(Path file, RandomAccessFile access) {
    this.file = file;
    this.access = access;
  }

  /**
   * Opens a file, which is made with its folders where there is none.
   *
   * @throws UnwritableFileException if it cannot be written, or another run writes it
   */
  public static RowFile open(Path file) throws UnwritableFileException {
    Path target = new WholeFile(file, "answers.jsonl").requireWritable();
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      RandomAccessFile access = new RandomAccessFile(target.toFile(), "rw");
      if (lock(access.getChannel()) == null) {
        access.close();
        throw new UnwritableFileException(
            "another run writes it", "wait for that one, or name another file", null);
      }
      return new RowFile(file, access);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static UnwritableFileException unwritable(IOException error) {
    return new UnwritableFileException(WholeFile.inWords(error), "choose another folder", error);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The records of the file from its beginning; to be read before anything is appended. */
  public RecordReader records(boolean csv) throws IOException {
    access.seek(0);
    DecodedReader reader = new DecodedReader(new FromHere());
    return csv ? RecordReader.ofCsv(reader) : RecordReader.ofLines(reader);
  }

  /** The number of its bytes. */
  public long size() throws IOException {
    return access.length();
  }

  /** Whether the last of this number of bytes is a line feed; to be asked after all records. */
  public boolean endsLine(long bytes) throws IOException {
    access.seek(bytes - 1);
    return access.read() == '\n';
  }

  /** The number of bytes that a text has in the file. */
  public static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A text as it is read back: what is no text in UTF-8, half of a character, is replaced. */
  public static String asWritten(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Keeps this many bytes of the file, and appends after them from now on. */
  public synchronized void keep(long bytes) throws UnwritableFileException {
    try {
      access.setLength(bytes);
      access.seek(bytes);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Appends a text. */
  public synchronized void append(String text) throws UnwritableFileException {
    try {
      access.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    access.close();
  }

  /** What follows in the file; an interrupt does not close it. */
  private final class FromHere extends InputStream {
    @Override
    public int read() throws IOException {
      return access.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return access.read(bytes, offset, length);
    }
  }
}
