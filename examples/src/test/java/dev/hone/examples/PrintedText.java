package dev.hone.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program prints to standard output, for tests that hold that resource's lock. */
final class PrintedText {
  private PrintedText() {}

  /** A program's {@code main}. */
  interface Main {
    void run(String[] args) throws Exception;
  }

  static String of(Main program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      program.run(new String[0]);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
