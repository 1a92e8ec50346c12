package dev.hone.site;

import dev.hone.HoneException;
import java.nio.file.Path;
import java.util.List;

/** Writes the site. Arguments: the checkout, the folder to write to. */
public final class Site {
  private Site() {}

  /** Writes it, or says what is wrong and ends with code 1: a link that leads nowhere, for one. */
  public static void main(String[] args) {
    try {
      List<Path> written = new SiteWriter(Path.of(args[0]), Path.of(args[1])).write();
      System.out.printf("site: %d files in %s%n", written.size(), Path.of(args[1]).normalize());
    } catch (HoneException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
