package dev.hone.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text file that grows row by row: what is appended is with the system at once, so that the end
 * of the process loses nothing of it, and leaves at most the last row unfinished. One process
 * writes it at a time. An interrupt neither closes it nor cuts a row. Thread-safe.
 */
public final class RowFile implements Closeable {
  /** Beyond the end of any file, so that others may read it meanwhile. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path file;
  private final RandomAccessFile access;
  private final Charset encoding;

  private RowFile(Path file, RandomAccessFile access, Charset encoding) {
    this.file = file;
    this.access = access;
    this.encoding = encoding;
  }

  /**
   * Opens a file in UTF-8, which is made with its folders where there is none.
   *
   * @throws UnwritableFileException if it cannot be written, or another run writes it
   */
  public static RowFile open(Path file) throws UnwritableFileException {
    return open(file, StandardCharsets.UTF_8);
  }

  /**
   * Opens a file, which is made with its folders where there is none.
   *
   * @throws UnwritableFileException if it cannot be written, or another run writes it
   */
  public static RowFile open(Path file, Charset encoding) throws UnwritableFileException {
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
      return new RowFile(file, access, encoding);
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
    DecodedReader reader = new DecodedReader(new FromHere(), encoding);
    return csv ? RecordReader.ofCsv(reader) : RecordReader.ofLines(reader);
  }

  /** The number of its bytes. */
  public long size() throws IOException {
    return access.length();
  }

  /** Whether this number of bytes ends with a text; to be asked after all records. */
  public boolean endsWith(String text, long bytes) throws IOException {
    byte[] expected = text.getBytes(encoding);
    if (bytes < expected.length) {
      return false;
    }
    byte[] found = new byte[expected.length];
    access.seek(bytes - expected.length);
    access.readFully(found);
    return Arrays.equals(found, expected);
  }

  /** The number of bytes that a text has in the file. */
  public long bytes(String text) {
    return text.getBytes(encoding).length;
  }

  /**
   * A text as it is read back: what the encoding cannot write, half of a character, is replaced.
   */
  public String asWritten(String text) {
    return new String(text.getBytes(encoding), encoding);
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
      access.write(text.getBytes(encoding));
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
