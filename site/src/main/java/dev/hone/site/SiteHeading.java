package dev.hone.site;

/**
 * A heading.
 *
 * @param level 1 for the title
 * @param id what links name it by, as GitHub makes it
 * @param text its words
 */
record SiteHeading(int level, String id, String text) {}
