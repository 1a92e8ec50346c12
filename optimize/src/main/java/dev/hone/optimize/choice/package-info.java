/**
 * What is returned at the end of a search, and what is to be said of it. {@code Candidates} holds
 * what a search comes to, {@code LastChoice} is the choice among it with its reason, {@code
 * Findings} says in sentences what was found, how sure that is and why what is returned is
 * returned. All scores are compared on common examples, by {@code CommonExamples}.
 */
@NullMarked
package dev.hone.optimize.choice;

import org.jspecify.annotations.NullMarked;
