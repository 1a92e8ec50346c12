package dev.hone.project.yaml;

/** Values that stand for places. */
public final class YamlNodes {
  private YamlNodes() {}

  /** The key of an entry as a value, for problems with the key itself. */
  public static YamlNode at(YamlNode.Entry entry) {
    return YamlNode.scalar(entry.line(), entry.column(), entry.key(), true);
  }

  /** Nothing, at the place of a value. */
  public static YamlNode nothingAt(YamlNode node) {
    return YamlNode.nothing(node.line(), node.column());
  }
}
