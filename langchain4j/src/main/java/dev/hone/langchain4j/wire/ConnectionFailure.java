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
    IOException named = named(uri, error);
    return new ConnectionFailure(words(uri, named), named);
  }

  /** As of a connection on a route: where that has a proxy, it is the proxy that was asked. */
  static ConnectionFailure of(URI uri, IOException error, NetworkRoute route) {
    IOException named = named(uri, error);
    String words =
        route
            .proxyOf(uri)
            .map(proxy -> words(uri, named, proxy))
            .orElseGet(() -> words(uri, named));
    return new ConnectionFailure(words, named);
  }

  private static IOException named(URI uri, IOException error) {
    return Causes.find(error, UnresolvedAddressException.class).isPresent()
        ? unknownHost(uri, error)
        : error;
  }

  /** LangChain4j would put an exception of its own in the place of one with the JDK's cause. */
  private static UnknownHostException unknownHost(URI uri, IOException error) {
    UnknownHostException unknown = new UnknownHostException(uri.getHost());
    unknown.addSuppressed(error);
    return unknown;
  }

  private static String words(URI uri, IOException error, String proxy) {
    String why = null;
    if (error instanceof UnknownHostException) {
      why = "has an unknown host";
    } else if (error instanceof HttpConnectTimeoutException) {
      why = "does not take connections (timeout)";
    } else if (error instanceof ConnectException) {
      why = "does not listen (connection refused)";
    } else if (!(error instanceof SSLException)) {
      why = "gave no way (%s)".formatted(Causes.deepestMessage(error));
    }
    return why == null
        ? words(uri, error)
        : "the proxy %s of the environment variable %s, on the way to %s, %s. Maybe correct or unset %s, or start the proxy."
            .formatted(
                proxy, NetworkRoute.PROXY_VARIABLE, server(uri), why, NetworkRoute.PROXY_VARIABLE);
  }

  private static String server(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String words(URI uri, IOException error) {
    String server = server(uri);
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
