/** What was noted of misuse, over HTTP. */
@NullMarked
package io.varve.web.notice;

import org.jspecify.annotations.NullMarked;
