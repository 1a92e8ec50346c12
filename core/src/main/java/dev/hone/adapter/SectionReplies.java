package dev.hone.adapter;

import dev.hone.adapter.Replies.Form;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.frame.SectionSet;
import dev.hone.adapter.frame.Sections;
import dev.hone.adapter.tool.CallFields;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.adapter.xml.XmlValue;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the output fields out of replies in sections. */
final class SectionReplies {
  private static final int MAX_LINE_CHARS = 240;

  private final PromptText prompt;
  private final Echoes echoes;
  private final boolean complete;
  private final @Nullable XmlValue tags;
  private final String reply;
  private final Sections sections;

  private SectionReplies(Reader reader, String reply, Sections sections) {
    this.prompt = reader.echoes.text();
    this.echoes = reader.echoes;
    this.complete = reader.complete;
    this.tags =
        reader.form == Form.TAGS ? new XmlValue(prompt.names(), echoes.hasEntities()) : null;
    this.reply = reply;
    this.sections = sections;
  }

  /**
   * A reader of sections.
   *
   * @param form how sections are marked
   * @param complete whether the model ended the reply: if not, only its end marker says that the
   *     answer is whole
   */
  record Reader(Form form, Echoes echoes, boolean complete) {
    /**
     * Reads the values out of the sections of a reply.
     *
     * @return empty if the reply has no section of an output
     */
    Optional<ObjectNode> read(String reply, Sections sections) {
      return sections.sets().isEmpty()
          ? Optional.empty()
          : Optional.of(new SectionReplies(this, reply, sections).read());
    }
  }

  private ObjectNode read() {
    List<SectionSet> sets = echoes.withoutLayouts(sections.sets(), SectionSet::byName);
    if (!sections.anyWhole()) {
      return values(sets.get(0));
    }
    return new AnswerChoice(reply, echoes)
        .of(candidates(sets), candidates(sections.rivals()))
        .fitting();
  }

  private List<Candidate> candidates(List<SectionSet> sets) {
    return sets.stream().map(this::candidate).toList();
  }

  private Candidate candidate(SectionSet set) {
    return new Candidate(
        set.start(),
        set.end(),
        echoes.asked(set.question(), set.first()),
        set.first() && set.question() != null,
        () -> values(set));
  }

  private ObjectNode values(SectionSet set) {
    if (set.doubt() != null) {
      throw new ReplyFormatException("", "The reply can be read in two ways: " + set.doubt() + ".");
    }
    if (!complete && (!set.ended() || endsAtToken(set))) {
      String lacks = tags == null ? "the marker that ends it" : "a closing tag";
      throw new ReplyFormatException("", "The reply lacks " + lacks + ".");
    }
    ObjectNode result = Json.object();
    for (Field field : prompt.outputs()) {
      result.set(field.name(), value(field, set));
    }
    return result;
  }

  /** Whether the token of a turn ends a set without end marker; a text may go on behind it. */
  private boolean endsAtToken(SectionSet set) {
    int end = set.end();
    while (end > set.start() && "]*_` \t\r\n:".indexOf(reply.charAt(end - 1)) >= 0) {
      end--;
    }
    return tags == null && !reply.startsWith("##", end - 2);
  }

  private JsonNode value(Field field, SectionSet set) {
    String raw = set.byName().get(field.name());
    boolean optional = field.type() instanceof FieldType.OptionalOf;
    if (raw == null || raw.equals(Turns.NOT_GIVEN)) {
      if (!optional || raw == null && !set.ended()) {
        throw raw == null ? missing(field, set) : notGiven(field);
      }
      if (raw == null && tags == null) {
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
        String calls = tags == null ? HeaderText.reveal(raw) : XmlValue.bare(raw);
        return echoes.callReader().ofText(calls);
      }
      return tags == null
          ? Coercion.text(field, HeaderText.reveal(raw), field.name())
          : tags.read(field, raw);
    } catch (TypeMismatchException e) {
      throw ReplyErrors.unfit(e);
    }
  }

  private ReplyFormatException missing(Field field, SectionSet set) {
    return tags == null
        ? ReplyErrors.missing(field, sections.seen(), set)
        : ReplyErrors.missingTag(field, set.byName().keySet());
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
