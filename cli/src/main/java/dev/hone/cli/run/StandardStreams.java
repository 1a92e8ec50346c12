package dev.hone.cli.run;

import dev.hone.cli.frame.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where bytes come from and go to.
 *
 * @param in standard input
 * @param out standard output; unlike {@code System.out} it says when nobody reads it any more, so
 *     that no further row is paid for
 * @param isTerminal whether a person would have to type the input
 */
record StandardStreams(InputStream in, OutputStream out, boolean isTerminal) {
  static StandardStreams ofProcess() {
    return new StandardStreams(
        System.in, new FileOutputStream(FileDescriptor.out), Terminal.canAsk());
  }
}
