package dev.hone.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style and the scripts that stand in every page, and the rule by which a browser runs these
 * and nothing else: each is named by its hash, so that no script or style that came with the data
 * would run, even if it became markup.
 *
 * @param style the style
 * @param chartScript the chart library
 * @param script the page's own script
 */
public record PageAssets(String style, String chartScript, String script) {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** Those of this version. */
  public static final PageAssets ALL =
      new PageAssets(
          text(UPLOT + "uPlot.min.css") + "\n" + text("report.css"),
          text(UPLOT + "uPlot.iife.min.js"),
          """
          (() => {
          "use strict";
          %s
          %s
          })();"""
              .formatted(text("charts.js"), text("following.js")));

  private static String text(String resource) {
    try (InputStream stream = PageAssets.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + resource + " is missing");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("\r\n", "\n").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a browser may do with a page. */
  public String policy(PageLife life) {
    return "default-src 'none'; script-src %s %s; style-src %s; img-src data:; %sbase-uri 'none'; form-action 'none'"
        .formatted(
            hash(chartScript),
            hash(script),
            hash(style),
            life == PageLife.SERVED ? "connect-src 'self'; " : "");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
