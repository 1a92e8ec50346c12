package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.ReplyText;
import dev.hone.adapter.frame.Sections;
import dev.hone.adapter.frame.TurnToken;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.xml.XmlSections;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.json.JsonParts;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Prompt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the output fields out of replies of either form. */
final class Replies {
  private static final int MAX_CHARS = 4_000_000;

  private final PromptText prompt;
  private final Echoes echoes;
  private final Form form;
  private final boolean complete;
  private boolean thoughts;
  private @Nullable Sections sections;

  /** How fields are marked in a reply. */
  enum Form {
    /** Headers. */
    SECTIONS,
    /** The keys of an object. */
    JSON,
    /** Tags. */
    TAGS
  }

  private Replies(Prompt asked, Form form, boolean complete) {
    this.echoes = new Echoes(asked);
    this.prompt = echoes.text();
    this.form = form;
    this.complete = complete;
  }

  /**
   * Reads a reply.
   *
   * @param form the form that was asked for, which is looked for first
   */
  static ObjectNode read(Prompt asked, LmResponse response, Form form) {
    boolean filtered = response.stopReason() == StopReason.CONTENT_FILTER;
    boolean complete = response.stopReason() != StopReason.LENGTH && !filtered;
    try {
      Replies replies = new Replies(asked, form, complete);
      if (replies.prompt.calls().calls() != null) {
        return new CallReplies(replies.echoes, form, complete).read(response, replies::readUsual);
      }
      return replies.readUsual(response);
    } catch (ReplyFormatException e) {
      throw complete ? e : cutOff(e, filtered);
    } catch (CancellationException e) {
      throw new LmException.Interrupted("The reading of a reply was interrupted", e);
    }
  }

  /** The outputs in the frame that was asked for, or one like it. */
  private ObjectNode readUsual(LmResponse response) {
    String thoughts = response.reasoning();
    return thoughts != null && !thoughts.isBlank() && response.text().isBlank()
        ? fromThoughts(thoughts)
        : read(response.text());
  }

  static ReplyFormatException cutOff(ReplyFormatException e, boolean filtered) {
    String why =
        filtered
            ? " The reply was cut off by the provider's content filter."
            : " The reply was cut off by the limit on tokens. Maybe raise maxTokens.";
    return new ReplyFormatException(e.path(), e.getMessage() + why);
  }

  /** The answer of a model, or server, that puts all it says into its thoughts. */
  private ObjectNode fromThoughts(String thoughts) {
    try {
      Replies within = new Replies(echoes.prompt(), form, false);
      within.thoughts = true;
      return within.read(thoughts);
    } catch (ReplyFormatException e) {
      Optional<ObjectNode> bare = complete ? bare(thoughts) : Optional.empty();
      return bare.orElseThrow(
          () ->
              new ReplyFormatException(
                  "",
                  "The reply has no text: only the model's thoughts came back, without a whole answer."));
    }
  }

  private ObjectNode read(String reply) {
    if (reply.length() > MAX_CHARS) {
      throw new ReplyFormatException(
          "",
          String.format(
              Locale.ROOT,
              "The reply has %,d characters, more than the %,d that are read.",
              reply.length(),
              MAX_CHARS));
    }
    String answer = answer(reply);
    Optional<ObjectNode> read =
        switch (form) {
          case SECTIONS -> fromSections(answer).or(() -> fromJson(answer));
          case JSON -> fromJson(answer).or(() -> fromSections(answer));
          case TAGS -> fromTags(answer).or(() -> fromSections(answer)).or(() -> fromJson(answer));
        };
    return read.or(() -> complete ? bare(answer) : Optional.empty())
        .orElseThrow(() -> ReplyErrors.nothing(reply, answer, expected(answer)));
  }

  private String expected(String answer) {
    return switch (form) {
      case SECTIONS -> ReplyErrors.expectedSections(prompt, sections(answer).seen());
      case JSON -> ReplyErrors.expectedKeys(prompt);
      case TAGS -> ReplyErrors.expectedTags(prompt);
    };
  }

  private String answer(String reply) {
    HeaderNames names = prompt.names();
    return form == Form.TAGS
        ? ReplyText.answer(reply, names, text -> XmlSections.starts(text, names))
        : ReplyText.answer(reply, names);
  }

  private Optional<ObjectNode> fromTags(String answer) {
    Sections found = XmlSections.read(answer, prompt.names());
    boolean thoughtsOnly = thoughts && !endsWithSet(answer, found);
    return thoughtsOnly
        ? Optional.empty()
        : new SectionReplies.Reader(form, echoes, complete).read(answer, found);
  }

  /** Whether the last set is the last of all: what else thoughts hold in tags may be a draft. */
  private static boolean endsWithSet(String answer, Sections found) {
    int last = found.sets().size() - 1;
    return last >= 0 && answer.substring(found.sets().get(last).end()).isBlank();
  }

  private Optional<ObjectNode> fromSections(String answer) {
    return new SectionReplies.Reader(Form.SECTIONS, echoes, complete)
        .read(answer, sections(answer));
  }

  /** The sections of the answer; they are looked for once, and only if needed. */
  private Sections sections(String answer) {
    Sections found = sections;
    if (found == null) {
      found = Sections.read(answer, prompt.names());
      sections = found;
    }
    return found;
  }

  private Optional<ObjectNode> fromJson(String answer) {
    return JsonReplies.read(answer, echoes, complete);
  }

  /** Reads a reply that is nothing but the value of the only output, if that is not free text. */
  private Optional<ObjectNode> bare(String answer) {
    List<Field> outputs = prompt.outputs();
    if (outputs.size() > 1) {
      return Optional.empty();
    }
    Field field = outputs.get(0);
    String value = TurnToken.stripped(ReplyText.withoutLeadingBlocks(answer)).strip();
    if (isDistinctive(field.type()) && form != Form.JSON) {
      return fitting(() -> Coercion.text(field, value, field.name()), field);
    }
    return container(field, value);
  }

  /**
   * Reads a reply whose only JSON is the object or list that the only output is; around a list of
   * others nothing may stand, since brackets are also in prose.
   */
  private Optional<ObjectNode> container(Field field, String value) {
    JsonParts parts = JsonParts.of(value);
    if (parts.parts().size() != 1 || parts.broken()) {
      return Optional.empty();
    }
    JsonParts.Part part = parts.parts().get(0);
    boolean object = part.value().isObject() || part.value().path(0).isObject();
    if (!(object || parts.isWhole()) || !suits(field.type(), part.value())) {
      return Optional.empty();
    }
    return part.truncated() || part.doubt() != null
        ? Optional.empty()
        : fitting(() -> Coercion.value(field, part.value(), field.name()), field);
  }

  private static boolean suits(FieldType type, JsonNode value) {
    if (type instanceof FieldType.OptionalOf optional) {
      return suits(optional.type(), value);
    }
    if (type instanceof FieldType.ObjectOf object) {
      return object.fields().stream().anyMatch(field -> value.has(field.name()));
    }
    boolean list = type instanceof FieldType.ListOf || type instanceof FieldType.SetOf;
    return list && value.isArray() || type instanceof FieldType.MapOf && value.isObject();
  }

  private interface Value {
    JsonNode read();
  }

  private static Optional<ObjectNode> fitting(Value value, Field field) {
    try {
      ObjectNode result = Json.object();
      result.set(field.name(), value.read());
      return Optional.of(result);
    } catch (TypeMismatchException e) {
      return Optional.empty();
    }
  }

  /** Whether only few texts are values of the type, so that such a text was meant as one. */
  private static boolean isDistinctive(FieldType type) {
    return type instanceof FieldType.Choice
        || type instanceof FieldType.Whole
        || type instanceof FieldType.Decimal
        || type instanceof FieldType.Bool
        || type instanceof FieldType.Temporal;
  }
}
