/** What Varve notes of misuse, or of what might be misuse. */
@NullMarked
package io.varve.events.notice;

import org.jspecify.annotations.NullMarked;
