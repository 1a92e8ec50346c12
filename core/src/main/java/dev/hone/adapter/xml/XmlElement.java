package dev.hone.adapter.xml;

import org.jspecify.annotations.Nullable;

/**
 * What a pair of tags of one field encloses.
 *
 * @param start where its opening tag begins
 * @param contentStart where its content begins
 * @param contentEnd where its content ends
 * @param end the index after its closing tag
 * @param name the field
 * @param empty whether it is one tag that holds nothing, {@code <name/>}
 * @param closed whether a closing tag of the name ends it
 * @param doubt in words, where it may as well end elsewhere; null where it may not
 */
record XmlElement(
    int start,
    int contentStart,
    int contentEnd,
    int end,
    String name,
    boolean empty,
    boolean closed,
    @Nullable String doubt) {

  /** Its content; of an empty one the tag itself. */
  String content(String reply) {
    return (empty ? reply.substring(start, end) : reply.substring(contentStart, contentEnd))
        .strip();
  }

  /** The same with a doubt, unless it has one. */
  XmlElement doubted(String words) {
    return doubt != null
        ? this
        : new XmlElement(start, contentStart, contentEnd, end, name, empty, closed, words);
  }
}
