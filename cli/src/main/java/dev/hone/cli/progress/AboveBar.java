package dev.hone.cli.progress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Standard error while a bar is on it: what others print there, such as warnings of a log, takes
 * the bar away first; it comes back below.
 */
final class AboveBar extends FilterOutputStream {
  private final Runnable clear;

  private AboveBar(OutputStream out, Runnable clear) {
    super(out);
    this.clear = clear;
  }

  /** A stream that takes the place of another one. */
  static PrintStream of(PrintStream stream, Runnable clear) {
    return new PrintStream(new AboveBar(stream, clear), true, Charset.defaultCharset());
  }

  @Override
  public void write(int b) throws IOException {
    clear.run();
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    clear.run();
    out.write(bytes, offset, length);
  }
}
