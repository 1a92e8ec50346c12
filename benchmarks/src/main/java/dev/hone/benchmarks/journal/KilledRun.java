package dev.hone.benchmarks.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process that is killed. Arguments: the search, a journal, a file for payments, latency. */
public final class KilledRun {
  private KilledRun() {}

  /** Runs until it ends or is killed; each payment is with the system before its reply is given. */
  public static void main(String[] args) throws IOException {
    try (RandomAccessFile payments = new RandomAccessFile(args[2], "rw")) {
      payments.seek(payments.length());
      new JudgedRun(
              args[0],
              Long.parseLong(args[3]),
              key -> {
                try {
                  synchronized (payments) {
                    payments.write((key + "\n").getBytes(StandardCharsets.US_ASCII));
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .run(Path.of(args[1]));
    }
  }
}
