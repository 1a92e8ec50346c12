/**
 * Answers in tags: {@code <name>value</name>}, as the layout {@code xml/2} has them. Tags are found
 * and paired, pairs make up sets, and what a pair holds is read as a value; which set is the answer
 * is decided in {@link dev.hone.adapter}, as for sections.
 *
 * <p>This is no reader of XML: values stand there as they are. All of it reads a reply in time that
 * grows with its length, whatever the reply is.
 */
@NullMarked
package dev.hone.adapter.xml;

import org.jspecify.annotations.NullMarked;
