package dev.hone.site;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A link to a file of the checkout.
 *
 * @param file the file, from the checkout's folder
 * @param anchor the heading that is meant; empty for the top
 */
record SiteLink(Path file, String anchor) {
  private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
  private static final Pattern IMAGE = Pattern.compile(".*\\.(png|svg|jpg|gif)");
  private static final Pattern MARKDOWN = Pattern.compile("\\.md$");

  /** The link that a page has; empty for one that leads out of the checkout. */
  static Optional<SiteLink> of(Path page, String destination) {
    if (ELSEWHERE.matcher(destination).matches()) {
      return Optional.empty();
    }
    int hash = destination.indexOf('#');
    String path = hash < 0 ? destination : destination.substring(0, hash);
    String anchor = hash < 0 ? "" : destination.substring(hash + 1);
    Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return Optional.of(new SiteLink(file, anchor));
  }

  static boolean isImage(Path file) {
    return IMAGE.matcher(file.toString()).matches();
  }

  /** Where the page made of a file stands. */
  static Path target(Path source) {
    String name = source.toString().replace('\\', '/');
    if (name.equals("README.md")) {
      return Path.of("index.html");
    }
    return Path.of(
        isImage(source)
            ? name
            : name.endsWith(".md") ? MARKDOWN.matcher(name).replaceFirst(".html") : name + ".html");
  }

  /** The address of a page or image as another page says it. */
  static String address(Path from, Path to) {
    Path folder = from.getParent();
    String path = (folder == null ? to : folder.relativize(to)).toString().replace('\\', '/');
    return path.isEmpty() ? String.valueOf(to.getFileName()) : path;
  }
}
