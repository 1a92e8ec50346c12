package dev.hone.site;

import dev.hone.json.Json;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;

/**
 * The index of the site's headings, as a script that sets a variable: so it is read from files too,
 * where a page may not fetch another.
 */
final class SearchScript {
  private SearchScript() {}

  static String of(Collection<SitePage> pages) {
    ArrayNode entries = Json.array();
    for (SitePage page : pages) {
      String address = page.target().toString().replace('\\', '/');
      for (SiteHeading heading : page.headings()) {
        entries
            .addArray()
            .add(heading.text())
            .add(page.title())
            .add(heading.level() == 1 ? address : address + "#" + heading.id());
      }
    }
    return "window.honeHeadings = " + Json.write(entries) + ";\n";
  }
}
