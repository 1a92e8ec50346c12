package dev.hone.adapter.frame;

import java.util.Map;

/**
 * A question that stands in a reply: sections of inputs, or a turn of the user. What follows is an
 * answer to it.
 *
 * @param values what its sections of inputs hold, by name; empty for a turn of the user
 */
public record Question(Map<String, String> values) {
  /** Copies the map. */
  public Question {
    values = Map.copyOf(values);
  }
}
