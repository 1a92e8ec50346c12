package dev.hone.cli.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A page of another site must not: a server without a token, and any on this machine
 * only, answers only to its own names, so that no other name leads to it (DNS rebinding), and takes
 * only what a browser does not send for other sites without asking first.
 */
final class RequestGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final String BEARER = "Bearer ";

  private final ServerSettings settings;

  RequestGuard(ServerSettings settings) {
    this.settings = settings;
  }

  /** What is wrong with where a request comes from; empty if nothing is. */
  Optional<HttpReply> refused(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = name(headers.getFirst("Host"));
    if (settings.address().isLoopbackAddress() && !isOwn(host)) {
      return Optional.of(
          HttpReply.error(
              421, "This server answers on this machine only, as localhost, not as " + host));
    } else if (settings.token().isEmpty() && !isOwn(host) && !isListed(host)) {
      return Optional.of(
          HttpReply.error(
              421, "Without a token, this server answers to --name %s only".formatted(host)));
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.replaceFirst("^https?://", "").equals(headers.getFirst("Host"))) {
      return Optional.of(HttpReply.error(403, "Pages of other sites may not ask"));
    }
    return Optional.empty();
  }

  private boolean isOwn(String host) {
    return LOOPBACK.contains(host) || host.equals(settings.address().getHostAddress());
  }

  /** Whether no other site can have made a browser say it: an address, or a name of this server. */
  private boolean isListed(String host) {
    return ADDRESS.matcher(host).matches() || settings.names().contains(host);
  }

  private static String name(@Nullable String host) {
    return host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  /** Whether a request shows the token, where there is one. */
  boolean isKnown(HttpExchange exchange) {
    if (settings.token().isEmpty()) {
      return true;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(
            bytes(header.substring(BEARER.length())), bytes(settings.token().get()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
