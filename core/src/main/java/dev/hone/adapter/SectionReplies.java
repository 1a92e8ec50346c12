package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.SectionSet;
import dev.hone.adapter.frame.Sections;
import dev.hone.adapter.tool.CallFields;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the output fields out of replies in sections. */
final class SectionReplies {
  private static final int MAX_LINE_CHARS = 240;

  private final PromptText prompt;
  private final Echoes echoes;
  private final String reply;
  private final Sections sections;

  private SectionReplies(PromptText prompt, Echoes echoes, String reply, Sections sections) {
    this.prompt = prompt;
    this.echoes = echoes;
    this.reply = reply;
    this.sections = sections;
  }

  /**
   * Reads the values out of the sections of a reply.
   *
   * @param complete whether the model ended the reply: if not, only its end marker says that the
   *     answer is whole
   * @return empty if the reply has no section of an output
   */
  static Optional<ObjectNode> read(
      String reply, Sections sections, PromptText prompt, Echoes echoes, boolean complete) {
    if (sections.sets().isEmpty()) {
      return Optional.empty();
    }
    SectionReplies replies = new SectionReplies(prompt, echoes, reply, sections);
    return Optional.of(replies.read(complete));
  }

  private ObjectNode read(boolean complete) {
    List<SectionSet> sets = echoes.withoutLayouts(sections.sets(), SectionSet::byName);
    if (!sections.anyWhole()) {
      return values(sets.get(0), complete);
    }
    return new AnswerChoice(reply, echoes)
        .of(candidates(sets, complete), candidates(sections.rivals(), complete))
        .fitting();
  }

  private List<Candidate> candidates(List<SectionSet> sets, boolean complete) {
    return sets.stream().map(set -> candidate(set, complete)).toList();
  }

  private Candidate candidate(SectionSet set, boolean complete) {
    return new Candidate(
        set.start(),
        set.end(),
        echoes.asked(set.question(), set.first()),
        set.first() && set.question() != null,
        () -> values(set, complete));
  }

  private ObjectNode values(SectionSet set, boolean complete) {
    if (set.doubt() != null) {
      throw new ReplyFormatException("", "The reply can be read in two ways: " + set.doubt() + ".");
    }
    if (!complete && !set.ended()) {
      throw new ReplyFormatException("", "The reply lacks the marker that ends it.");
    }
    ObjectNode result = Json.object();
    for (Field field : prompt.outputs()) {
      result.set(field.name(), value(field, set));
    }
    return result;
  }

  private JsonNode value(Field field, SectionSet set) {
    String raw = set.byName().get(field.name());
    boolean optional = field.type() instanceof FieldType.OptionalOf;
    if (raw == null || raw.equals(Turns.NOT_GIVEN)) {
      if (!optional || raw == null && !set.ended()) {
        throw raw == null ? ReplyErrors.missing(field, sections.seen(), set) : notGiven(field);
      }
      if (raw == null) {
        refuseDamaged(field, set);
      }
      return NullNode.getInstance();
    }
    if (Echoes.isPlaceholder(field, raw)) {
      throw new ReplyFormatException(
          field.name(), field.name() + ": found what the layout has in place of the value.");
    }
    try {
      if (CallFields.isKind(field, MessageKind.TOOL_CALLS)) {
        return echoes.callReader().ofText(HeaderText.reveal(raw));
      }
      return Coercion.text(field, HeaderText.reveal(raw), field.name());
    } catch (TypeMismatchException e) {
      throw ReplyErrors.unfit(e);
    }
  }

  private static ReplyFormatException notGiven(Field field) {
    return new ReplyFormatException(
        field.name(),
        "%s: found \"%s\", expected %s."
            .formatted(field.name(), Turns.NOT_GIVEN, field.type().label()));
  }

  /** A line that may be the damaged header of an optional section that is not there. */
  private void refuseDamaged(Field field, SectionSet set) {
    String wanted = FoldedName.of(field.name());
    int start = set.start();
    while (start < set.end()) {
      int end = reply.indexOf('\n', start);
      end = end < 0 || end > set.end() ? set.end() : end;
      if (end - start <= MAX_LINE_CHARS && isDamaged(reply.substring(start, end), wanted)) {
        throw new ReplyFormatException(
            field.name(),
            "The reply has no section %s, but the line \"%s\", which may be its header."
                .formatted(field.name(), reply.substring(start, end).strip()));
      }
      start = end + 1;
    }
  }

  /** Whether a line is a name with signs of a header around it. */
  private static boolean isDamaged(String line, String wanted) {
    String text = line.strip();
    boolean signs =
        !text.isEmpty()
            && "[#{<*`".indexOf(text.charAt(0)) >= 0
            && (text.indexOf('[') >= 0 || text.indexOf("##") >= 0 || text.indexOf(']') >= 0);
    if (!signs) {
      return false;
    }
    String name = text.replaceAll("^[\\[#{<*`\\s(]+|[\\]#}>*`\\s):.]+$", "");
    boolean closed = text.length() > text.indexOf(name) + name.length();
    return closed && NearestName.isMisspelt(name, wanted);
  }
}
