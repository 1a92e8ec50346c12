package dev.hone.langchain4j.wire;

import dev.hone.lm.bridge.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/**
 * A request that got no answer. Its message says why in a person's words, since the JDK's is often
 * only the name of a class, and what may repair it.
 */
final class ConnectionFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  private ConnectionFailure(String message, IOException cause) {
    super(message, cause);
  }

  static ConnectionFailure of(URI uri, IOException error) {
    IOException named =
        Causes.find(error, UnresolvedAddressException.class).isPresent()
            ? unknownHost(uri, error)
            : error;
    return new ConnectionFailure(words(uri, named), named);
  }

  /** LangChain4j would put an exception of its own in the place of one with the JDK's cause. */
  private static UnknownHostException unknownHost(URI uri, IOException error) {
    UnknownHostException unknown = new UnknownHostException(uri.getHost());
    unknown.addSuppressed(error);
    return unknown;
  }

  private static String words(URI uri, IOException error) {
    String server = uri.getScheme() + "://" + uri.getRawAuthority();
    if (error instanceof UnknownHostException) {
      return server + " has an unknown host. Maybe the URL has a typo, or there is no network.";
    } else if (error instanceof HttpConnectTimeoutException) {
      return server
          + " does not take connections (timeout). Maybe a firewall is between, or the address"
          + " is wrong.";
    } else if (error instanceof ConnectException) {
      return "nothing listens at "
          + server
          + " (connection refused). Maybe the server is not running: start it, or check the port.";
    } else if (error instanceof SSLException) {
      return "no secure connection to %s (%s). Maybe the server speaks http only, or its certificate is not trusted."
          .formatted(server, Causes.deepestMessage(error));
    }
    return "the connection to %s broke (%s). Maybe the server stopped, or does not speak HTTP."
        .formatted(server, Causes.deepestMessage(error));
  }
}
