/** Images and files as JSON and as texts, as files of data and prompts hold them. */
@NullMarked
package dev.hone.lm.media;

import org.jspecify.annotations.NullMarked;
