package dev.hone.cli.serve;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Where a program is served, and what bounds it.
 *
 * @param address the address to listen on
 * @param port the port; 0 for a free one
 * @param token what requests must show; empty for nothing
 * @param names what others may call the server besides addresses, in lower case
 * @param limits what bounds requests
 */
record ServerSettings(
    InetAddress address, int port, Optional<String> token, Set<String> names, Limits limits) {
  ServerSettings {
    names = Set.copyOf(names);
  }

  /**
   * What bounds requests.
   *
   * @param requests the most that are answered at once
   * @param maxBodyBytes the largest body that is read
   * @param seconds how long a request may take to arrive
   */
  record Limits(int requests, int maxBodyBytes, int seconds) {}

  /** Never shows the token. */
  @Override
  public String toString() {
    return "ServerSettings[%s:%d, %s]"
        .formatted(address, port, token.isPresent() ? "token" : "no token");
  }
}
