package dev.hone.springboot;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.time.Duration;
import org.springframework.core.io.UrlResource;

/** A resource of a server that must answer in time; Spring's own waits without end. */
final class TimedUrlResource extends UrlResource {
  private final int timeoutMillis;

  /**
   * A resource.
   *
   * @param timeout how long the server may take to be connected, and for each piece that it sends
   */
  TimedUrlResource(URL url, Duration timeout) {
    super(url);
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  @Override
  protected void customizeConnection(URLConnection connection) throws IOException {
    super.customizeConnection(connection);
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
  }
}
