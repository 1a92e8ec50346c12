package dev.hone.lm;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param text what is said
 */
public record LmMessage(Role role, String text) {
  /** Who speaks. */
  public enum Role {
    /** The developer, who sets the task. */
    SYSTEM,
    /** The user, who gives the input. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** A message that sets the task. */
  public static LmMessage system(String text) {
    return new LmMessage(Role.SYSTEM, text);
  }

  /** A message that gives input. */
  public static LmMessage user(String text) {
    return new LmMessage(Role.USER, text);
  }

  /** A message of the model. */
  public static LmMessage assistant(String text) {
    return new LmMessage(Role.ASSISTANT, text);
  }
}
