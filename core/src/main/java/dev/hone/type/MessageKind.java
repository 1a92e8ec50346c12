package dev.hone.type;

/** The kinds of values that are parts or turns of a conversation, see {@link FieldType.Message}. */
public enum MessageKind {
  /**
   * An image; an input. An object with {@code mediaType} and {@code data} (Base64), or {@code url}.
   */
  IMAGE("image"),
  /**
   * A file, such as a recording or a PDF; an input. An object with {@code mediaType} and {@code
   * data} (Base64) or {@code url}.
   */
  FILE("file"),
  /**
   * The earlier exchanges of a conversation; an input. An array of objects with {@code inputs} and
   * {@code outputs}, each an object by the names of fields.
   */
  HISTORY("history of the conversation"),
  /** What an agent did so far; an input. An array of turns, as {@code Trajectory} writes them. */
  TRAJECTORY("turns so far"),
  /**
   * The tools that a model calls; an output. An array of objects with {@code id}, {@code tool} and
   * {@code arguments}: an object, or a text if it could not be read as one.
   */
  TOOL_CALLS("tool calls");

  private final String label;

  MessageKind(String label) {
    this.label = label;
  }

  /** A short name for people and prompts. */
  public String label() {
    return label;
  }

  /** Whether its values stand as parts of their own within the user's message. */
  public boolean isMedia() {
    return this == IMAGE || this == FILE;
  }

  /** The name in files and fingerprints. */
  String typeName() {
    return switch (this) {
      case IMAGE -> "image";
      case FILE -> "file";
      case HISTORY -> "history";
      case TRAJECTORY -> "trajectory";
      case TOOL_CALLS -> "toolcalls";
    };
  }
}
