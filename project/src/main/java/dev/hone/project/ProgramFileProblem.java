package dev.hone.project;

/**
 * Something that is wrong with a project file.
 *
 * @param line its line, counted from 1; 0 for the whole file
 * @param column its column, counted from 1; 0 for the whole file
 * @param path the keys that lead to it, such as {@code outputs.topic}; empty for the whole file
 * @param found what is there
 * @param expected what should be there
 * @param fix the likely fix, in words that go after "Maybe"
 */
public record ProgramFileProblem(
    int line, int column, String path, String found, String expected, String fix) {}
