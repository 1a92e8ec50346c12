package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One message of a conversation: who speaks, and the parts of what is said. Immutable. */
public final class LmMessage {
  private final Role role;
  private final List<MessagePart> parts;
  private final String text;

  private LmMessage(Role role, List<MessagePart> parts, String text) {
    this.role = role;
    this.parts = parts;
    this.text = text;
  }

  /** Who speaks. */
  public enum Role {
    /** The developer, who sets the task. */
    SYSTEM,
    /** The user, who gives the input. */
    USER,
    /** The model. */
    ASSISTANT,
    /** The program, which gives the results of the tools that the model called. */
    TOOL
  }

  /**
   * A message of parts, which are copied. Whether a provider takes this part from this role is
   * known when it is called.
   *
   * @throws InvalidInputException if there are no parts
   */
  public static LmMessage of(Role role, List<? extends MessagePart> parts) {
    List<MessagePart> copy = List.copyOf(parts);
    if (copy.isEmpty()) {
      throw InvalidInputException.of(
          "The %s message has no parts".formatted(role.name().toLowerCase(Locale.ROOT)),
          "add MessagePart.text(...)");
    }
    return new LmMessage(role, copy, textOf(copy));
  }

  private static LmMessage of(Role role, String text) {
    return new LmMessage(role, List.of(MessagePart.text(text)), text);
  }

  /** A message that sets the task. */
  public static LmMessage system(String text) {
    return of(Role.SYSTEM, text);
  }

  /** A message that gives input. */
  public static LmMessage user(String text) {
    return of(Role.USER, text);
  }

  /**
   * A message that gives input in parts, such as a text and an image.
   *
   * @throws InvalidInputException if there are no parts
   */
  public static LmMessage user(MessagePart... parts) {
    return of(Role.USER, List.of(parts));
  }

  /** A message of the model. */
  public static LmMessage assistant(String text) {
    return of(Role.ASSISTANT, text);
  }

  /**
   * A message of the model in parts, such as its thinking and tool calls. For a reply as it came,
   * see {@link LmResponse#toMessage()}.
   *
   * @throws InvalidInputException if there are no parts
   */
  public static LmMessage assistant(MessagePart... parts) {
    return of(Role.ASSISTANT, List.of(parts));
  }

  /**
   * A message with the results of tools.
   *
   * @throws InvalidInputException if there are no results
   */
  public static LmMessage tool(MessagePart.ToolResult... results) {
    return of(Role.TOOL, List.of(results));
  }

  /** Who speaks. */
  public Role role() {
    return role;
  }

  /** What is said; at least one part. */
  public List<MessagePart> parts() {
    return parts;
  }

  /** The texts among the parts, one after the other without anything between; may be empty. */
  public String text() {
    return text;
  }

  /** Whether all that is said is one text. */
  public boolean isPlainText() {
    return parts.size() == 1 && parts.get(0) instanceof MessagePart.Text;
  }

  /** The texts among some parts, one after the other. */
  static String textOf(List<MessagePart> parts) {
    if (parts.size() == 1) {
      return parts.get(0) instanceof MessagePart.Text text ? text.text() : "";
    }
    StringBuilder joined = new StringBuilder();
    for (MessagePart part : parts) {
      if (part instanceof MessagePart.Text text) {
        joined.append(text.text());
      }
    }
    return joined.toString();
  }

  /** The text, which null is not. */
  static String requireText(@Nullable String text) {
    if (text == null) {
      throw InvalidInputException.of("A text of a message is null", "use an empty text");
    }
    return text;
  }

  /** The contents of a tool's result. */
  static List<MessagePart> contentOf(List<? extends MessagePart> parts) {
    for (MessagePart part : parts) {
      if (!(part instanceof MessagePart.Text || part instanceof MessagePart.Image)) {
        throw InvalidInputException.of(
            "The result of a tool has a part of the class %s, expected texts and images"
                .formatted(part.getClass().getSimpleName()),
            "leave it out, or make a text of it");
      }
    }
    return parts.isEmpty() ? List.of(MessagePart.text("")) : List.copyOf(parts);
  }

  /** Something of each part of a class. */
  static <P extends MessagePart, T> List<T> each(
      Class<P> kind, List<MessagePart> parts, Function<P, T> something) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).map(something).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof LmMessage message
            && message.role == role
            && message.parts.equals(parts);
  }

  @Override
  public int hashCode() {
    return 31 * role.hashCode() + parts.hashCode();
  }

  @Override
  public String toString() {
    return "LmMessage[role=" + role + ", parts=" + parts + "]";
  }

  /** Writes a part as people read it; what is not text is a placeholder in brackets. */
  static final class PartText implements MessagePart.Visitor<String> {
    @Override
    public String otherwise(MessagePart part) {
      return "[" + part.getClass().getSimpleName() + "]";
    }

    @Override
    public String visit(MessagePart.Text text) {
      return text.text();
    }

    @Override
    public String visit(MessagePart.Image image) {
      return image.described("image");
    }

    @Override
    public String visit(MessagePart.File file) {
      return file.described("file");
    }

    @Override
    public String visit(MessagePart.ToolCall call) {
      return "[tool call%s %s %s]".formatted(after(call.id()), call.name(), call.arguments());
    }

    @Override
    public String visit(MessagePart.ToolResult result) {
      String kind = result.isError() ? "tool error" : "tool result";
      String said =
          result.content().stream().map(MessagePart::toString).collect(Collectors.joining("\n"));
      return "[%s%s %s] %s".formatted(kind, after(result.callId()), result.name(), said);
    }

    @Override
    public String visit(MessagePart.Thinking thinking) {
      return "[thinking] " + thinking.text();
    }

    private static String after(String id) {
      return id.isEmpty() ? "" : " " + id;
    }
  }
}
