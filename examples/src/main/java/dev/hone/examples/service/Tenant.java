package dev.hone.examples.service;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A tenant of the service, as its configuration has it. Immutable.
 *
 * @param id its name, for metadata, audit and folders
 * @param token what its clients show to the service
 * @param model the name of its model
 * @param url where its model is
 * @param key the credential of its model
 * @param artifact the file of its compiled program
 * @param blocked what no prompt of its may hold
 * @param callsPerMinute the most calls of its model in a minute
 */
public record Tenant(
    String id,
    String token,
    String model,
    String url,
    String key,
    Path artifact,
    Pattern blocked,
    int callsPerMinute) {

  /** One line, without token and key. */
  @Override
  public String toString() {
    return "Tenant[%s, %s at %s]".formatted(id, model, url);
  }
}
