package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Compares a request with a file that people can review. To write the files anew: {@code
 * -Dhone.golden=write}, then read the difference.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void assertMatches(String name, LmRequest request) {
    String text =
        request.messages().stream().map(Golden::message).collect(Collectors.joining())
            + "======== format\n"
            + request.format()
            + "\n";
    Path file = FOLDER.resolve(name);
    try {
      if ("write".equals(System.getProperty("hone.golden"))) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(LmMessage message) {
    String said =
        message.isPlainText()
            ? message.text()
            : message.parts().stream().map(Object::toString).collect(Collectors.joining("\n"));
    return "======== " + message.role() + "\n" + said + "\n";
  }
}
