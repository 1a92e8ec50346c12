package dev.hone.cli.run;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a program is served, and what bounds it.
 *
 * @param address the address to listen on
 * @param port the port; 0 for a free one
 * @param token what requests must show; empty for nothing
 * @param requests the most that are answered at once
 * @param maxBodyBytes the largest body that is read
 */
record ServerSettings(
    InetAddress address, int port, Optional<String> token, int requests, int maxBodyBytes) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "ServerSettings[%s:%d, %s]"
        .formatted(address, port, token.isPresent() ? "token" : "no token");
  }
}
