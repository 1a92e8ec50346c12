package dev.hone.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The page to try a served program by hand. All of it is in one file, and it asks this server only.
 */
final class ServedPage {
  private static final String FILE = "serve.html";

  private ServedPage() {}

  /** The page, whose script and style alone may run: by a number that is new each time. */
  static HttpReply reply() {
    String nonce = UUID.randomUUID().toString();
    String policy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'";
    return new HttpReply(
        200,
        "text/html; charset=utf-8",
        text().replace("{{nonce}}", nonce),
        Map.of("Content-Security-Policy", policy.formatted(nonce, nonce)));
  }

  private static String text() {
    try (InputStream stream =
        Objects.requireNonNull(ServedPage.class.getResourceAsStream(FILE), FILE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
