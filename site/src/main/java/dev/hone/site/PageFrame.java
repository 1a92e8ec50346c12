package dev.hone.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What stands around each page: the head, the list of pages, the search, the headings within. */
final class PageFrame {
  private final String frame = resource("page.html");
  private final String style = resource("site.css");
  private final String search = resource("find.js");
  private final Map<SiteSection, List<SitePage>> sections = new EnumMap<>(SiteSection.class);

  PageFrame(List<SitePage> pages) {
    for (SitePage page : pages) {
      SiteSection.of(page)
          .ifPresent(at -> sections.computeIfAbsent(at, none -> new ArrayList<>()).add(page));
    }
  }

  String html(SitePage page) {
    return frame
        .replace("{title}", escaped(page.title()))
        .replace("{style}", style)
        .replace("{find}", search)
        .replace("{search}", address(page, Path.of("search.js")))
        .replace("{root}", root(page))
        .replace("{home}", address(page, Path.of("index.html")))
        .replace("{pages}", navigation(page))
        .replace("{headings}", headings(page))
        .replace("{body}", Markdown.html(page));
  }

  private String navigation(SitePage current) {
    return sections.entrySet().stream()
        .map(entry -> section(entry.getKey(), entry.getValue(), current))
        .collect(Collectors.joining("\n"));
  }

  private static String section(SiteSection section, List<SitePage> pages, SitePage current) {
    boolean open = section.ordinal() <= SiteSection.REFERENCE.ordinal() || pages.contains(current);
    String items =
        pages.stream()
            .map(
                page ->
                    "<li><a href=\"%s\"%s>%s</a></li>"
                        .formatted(
                            address(current, page.target()),
                            page.equals(current) ? " aria-current=\"page\"" : "",
                            escaped(page.title())))
            .collect(Collectors.joining("\n"));
    return "<details%s><summary>%s</summary><ul>%n%s%n</ul></details>"
        .formatted(open ? " open" : "", section.title(), items);
  }

  private static String headings(SitePage page) {
    List<SiteHeading> within =
        page.headings().stream().filter(each -> each.level() == 2 || each.level() == 3).toList();
    if (within.size() < 2) {
      return "";
    }
    return within.stream()
        .map(
            each ->
                "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>"
                    .formatted(each.level(), each.id(), escaped(each.text())))
        .collect(Collectors.joining("\n", "<h2>On this page</h2><ul>\n", "\n</ul>"));
  }

  private static String root(SitePage page) {
    return "../".repeat(page.target().getNameCount() - 1);
  }

  private static String address(SitePage page, Path to) {
    return SiteLink.address(page.target(), to);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
