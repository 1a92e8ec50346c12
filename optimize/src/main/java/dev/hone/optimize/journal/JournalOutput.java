package dev.hone.optimize.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Where a journal is written to: a file, at its end. An interrupt neither closes it nor cuts. */
interface JournalOutput extends Closeable {
  /** Writes bytes at the end. */
  void write(byte[] bytes) throws IOException;

  /** Sees to it that what was written is on the disk. */
  void sync() throws IOException;

  /** Cuts the file to a number of bytes. */
  void truncate(long length) throws IOException;

  /** A file, which exists. */
  static JournalOutput of(Path file) throws IOException {
    RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw");
    access.seek(access.length());
    return new JournalOutput() {
      @Override
      public void write(byte[] bytes) throws IOException {
        access.write(bytes);
      }

      @Override
      public void sync() throws IOException {
        access.getFD().sync();
      }

      @Override
      public void truncate(long length) throws IOException {
        access.setLength(length);
        access.seek(length);
      }

      @Override
      public void close() throws IOException {
        access.close();
      }
    };
  }
}
