package dev.hone.adapter.xml;

import dev.hone.adapter.frame.Block;
import dev.hone.adapter.frame.Blocks;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.SectionSet;
import dev.hone.adapter.frame.Sections;
import dev.hone.adapter.frame.TurnToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sets of elements of a reply. Elements with both tags come first; only where they make up no
 * set, those count too whose closing tag is missing. Elements in tags of other names and in
 * quotations do not count where others of the same names stand outside of them.
 */
public final class XmlSections {
  private final String reply;
  private final HeaderNames names;
  private final List<XmlTag> tags;
  private final List<TurnToken> tokens;
  private final Set<String> seen = new LinkedHashSet<>();

  private XmlSections(String reply, HeaderNames names) {
    this.reply = reply;
    this.names = names;
    this.tags = XmlTag.all(reply, names);
    this.tokens = TurnToken.all(reply);
    for (XmlTag tag : tags) {
      if (tag.name() != null) {
        seen.add(tag.written());
      }
    }
  }

  /** Where opening tags of outputs are in a reply, with their names. */
  public static Map<Integer, String> starts(String reply, HeaderNames names) {
    Map<Integer, String> starts = new LinkedHashMap<>();
    for (XmlTag tag : XmlTag.all(reply, names)) {
      String name = tag.name();
      if (name != null && isOutput(names, name) && tag.kind() != XmlTag.Kind.CLOSE) {
        starts.put(tag.start(), name);
      }
    }
    return starts;
  }

  /** Reads the elements of a reply. */
  public static Sections read(String reply, HeaderNames names) {
    return new XmlSections(reply, names).best();
  }

  static boolean isOutput(HeaderNames names, @Nullable String name) {
    return name != null && names.outputs().containsKey(name);
  }

  private Sections best() {
    if (tags.stream().noneMatch(tag -> isOutput(names, tag.name()))) {
      return wrapped().orElseGet(this::none);
    }
    XmlElements found = XmlElements.of(reply, tags, names).withStrays(reply, names);
    List<Block> blocks = blocks(found.elements());
    Sections whole = sections(found.elements(), blocks);
    if (whole.anyWhole()) {
      return withUnclosed(whole, found);
    }
    Sections repaired = sections(XmlRepair.closed(reply, found, tags, names), blocks);
    if (repaired.anyWhole()) {
      return repaired;
    }
    return holdsJson(found.elements()) ? none() : repaired;
  }

  private Sections none() {
    return new Sections(List.of(), List.of(), seen);
  }

  /** A single element that holds all that was asked for as JSON. */
  private boolean holdsJson(List<XmlElement> elements) {
    if (elements.size() != 1 || names.outputs().size() < 2) {
      return false;
    }
    String content = elements.get(0).content(reply);
    return content.startsWith("{") || content.startsWith("```");
  }

  /** The only output in a tag that says it is the answer, where the field's own tag is nowhere. */
  private Optional<Sections> wrapped() {
    if (names.outputs().size() != 1 || reply.indexOf("</") < 0) {
      return Optional.empty();
    }
    List<Block> answers =
        Blocks.of(reply).stream()
            .filter(b -> Block.isAnswer(b.name()) && reply.charAt(b.start()) == '<')
            .toList();
    if (answers.size() != 1) {
      return Optional.empty();
    }
    Block block = answers.get(0);
    String content = reply.substring(block.contentStart(), block.contentEnd()).strip();
    boolean alone =
        reply.substring(0, block.start()).isBlank() && reply.substring(block.end()).isBlank();
    if (!alone || content.startsWith("{") || content.startsWith("```") || content.contains("##")) {
      return Optional.empty();
    }
    String name = names.outputs().keySet().iterator().next();
    SectionSet set =
        new SectionSet(
            Map.of(name, content), block.start(), block.end(), true, true, null, null, true, null);
    return Optional.of(new Sections(List.of(set), List.of(), Set.of(block.name())));
  }

  /** What encloses elements and is neither one nor named as what is around an answer. */
  private List<Block> blocks(List<XmlElement> elements) {
    if (elements.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    int next = 0;
    for (Block block : Blocks.of(reply)) {
      while (next < elements.size() && elements.get(next).end() <= block.start()) {
        next++;
      }
      boolean within = next < elements.size() && elements.get(next).start() <= block.start();
      if (!within && !block.isFence() && names.find(block.name()) == null) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private Sections sections(List<XmlElement> elements, List<Block> blocks) {
    List<Block> opaque = opaque(elements, blocks);
    Map<Integer, List<XmlElement>> byBlock = new HashMap<>();
    for (XmlElement element : elements) {
      byBlock.computeIfAbsent(within(opaque, element), at -> new ArrayList<>()).add(element);
    }
    List<SectionSet> outside = sets(byBlock.getOrDefault(-1, List.of()), blocks, null);
    List<SectionSet> inside = new ArrayList<>();
    for (int i = 0; i < opaque.size(); i++) {
      inside.addAll(sets(byBlock.getOrDefault(i, List.of()), blocks, opaque.get(i)));
    }
    if (outside.stream().anyMatch(SectionSet::whole)) {
      List<SectionSet> whole = whole(outside);
      int end = whole.get(whole.size() - 1).end();
      List<SectionSet> rivals =
          inside.stream()
              .filter(set -> set.whole() && set.block() != null && set.block().mayAnswer())
              .filter(set -> set.start() >= end)
              .toList();
      return new Sections(whole, rivals, seen);
    }
    if (inside.stream().anyMatch(SectionSet::whole)) {
      return new Sections(whole(inside), List.of(), seen);
    }
    List<SectionSet> parts = new ArrayList<>(outside);
    parts.addAll(inside);
    parts.sort((a, b) -> Integer.compare(b.byName().size(), a.byName().size()));
    return new Sections(List.copyOf(parts), List.of(), seen);
  }

  private List<SectionSet> sets(
      List<XmlElement> elements, List<Block> blocks, @Nullable Block block) {
    return new XmlSplit(new XmlSplit.Reply(reply, names, tags, tokens), blocks, block)
        .sets(elements);
  }

  /** The outermost blocks with elements of outputs that stand outside of them too. */
  private List<Block> opaque(List<XmlElement> elements, List<Block> blocks) {
    List<Block> opaque = new ArrayList<>();
    int end = 0;
    Map<String, List<Integer>> starts = new LinkedHashMap<>();
    for (XmlElement element : elements) {
      if (isOutput(names, element.name())) {
        starts.computeIfAbsent(element.name(), n -> new ArrayList<>()).add(element.start());
      }
    }
    for (Block block : blocks) {
      if (block.start() >= end
          && !Block.isAnswer(block.name())
          && starts.values().stream().anyMatch(at -> crosses(at, block))) {
        opaque.add(block);
        end = block.end();
      }
    }
    return opaque;
  }

  private static boolean crosses(List<Integer> starts, Block block) {
    int first = starts.get(0);
    int last = starts.get(starts.size() - 1);
    int at = Collections.binarySearch(starts, block.contentStart());
    int next = at >= 0 ? at : -at - 1;
    boolean holds = next < starts.size() && starts.get(next) < block.contentEnd();
    return holds && (first < block.contentStart() || last >= block.contentEnd());
  }

  private static int within(List<Block> opaque, XmlElement element) {
    int low = 0;
    int high = opaque.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Block block = opaque.get(middle);
      if (element.start() < block.contentStart()) {
        high = middle - 1;
      } else if (element.start() >= block.contentEnd()) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  /** The whole sets; one with a part of another after it may not be meant. */
  private List<SectionSet> whole(List<SectionSet> sets) {
    List<SectionSet> whole = new ArrayList<>();
    for (SectionSet set : sets) {
      int last = whole.size() - 1;
      if (set.whole()) {
        whole.add(set);
      } else if (last >= 0 && set.revises(whole.get(last))) {
        String other = String.join(", ", set.byName().keySet());
        whole.set(
            last, doubted(whole.get(last), "a whole answer, or one with other tags " + other));
      }
    }
    List<SectionSet> filled =
        whole.stream().filter(s -> isLineStart(s.start()) || isFilled(s)).toList();
    return List.copyOf(filled.isEmpty() ? whole : filled);
  }

  /** Whether a set holds anything; one that does not, within a line, is only named there. */
  private static boolean isFilled(SectionSet set) {
    return set.byName().values().stream().anyMatch(value -> !value.isEmpty());
  }

  private static SectionSet doubted(SectionSet set, String words) {
    return new SectionSet(
        set.byName(),
        set.start(),
        set.end(),
        set.ended(),
        set.whole(),
        set.block(),
        set.question(),
        set.first(),
        words);
  }

  /** The last set is in doubt where another answer begins before, in or after it and never ends. */
  private Sections withUnclosed(Sections whole, XmlElements found) {
    List<SectionSet> sets = new ArrayList<>(whole.sets());
    SectionSet last = sets.get(sets.size() - 1);
    int from = sets.size() == 1 ? 0 : sets.get(sets.size() - 2).end();
    for (XmlTag tag : found.unclosed()) {
      if (isOutput(names, tag.name()) && !tag.isMention(reply) && begins(tag, from, last)) {
        String words = "a whole answer, or one that begins anew with <" + tag.written() + ">";
        sets.set(sets.size() - 1, doubted(last, words));
        return new Sections(List.copyOf(sets), whole.rivals(), seen);
      }
    }
    return whole;
  }

  private boolean begins(XmlTag tag, int from, SectionSet last) {
    boolean text = XmlElements.isText(names, String.valueOf(tag.name()));
    return tag.start() >= last.end() || tag.start() >= from && text && isLineStart(tag.start());
  }

  private boolean isLineStart(int index) {
    int at = index;
    while (at > 0 && " \t".indexOf(reply.charAt(at - 1)) >= 0) {
      at--;
    }
    return at == 0 || reply.charAt(at - 1) == '\n';
  }
}
