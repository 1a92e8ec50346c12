package dev.hone.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as GitHub reads it: with tables, and headings that links can name. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  private Markdown() {}

  static Node parse(String text) {
    return PARSER.parse(text);
  }

  /** A text that is no Markdown, as a page: under its path, in a block of code. */
  static String asIs(Path source, String text) {
    String fence = "`".repeat(8);
    return "# %s\n\n%s\n%s\n%s\n"
        .formatted(source.toString().replace('\\', '/'), fence, text, fence);
  }

  /** The HTML of a page, its links turned into addresses of the site. */
  static String html(SitePage page) {
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .attributeProviderFactory(context -> new SiteAddresses(page))
        .build()
        .render(page.document());
  }

  static List<SiteHeading> headings(Node document) {
    IdGenerator ids = IdGenerator.builder().build();
    List<SiteHeading> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String text = text(heading);
            found.add(new SiteHeading(heading.getLevel(), ids.generateId(text), text));
          }
        });
    return found;
  }

  /** What links and images lead to, as they are written. */
  static List<String> destinations(Node document) {
    List<String> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            found.add(link.getDestination());
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            found.add(image.getDestination());
          }
        });
    return found;
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak part) {
            text.append(' ');
          }
        });
    return text.toString();
  }
}
