/** Letters to people. */
@NullMarked
package io.varve.web.mail;

import org.jspecify.annotations.NullMarked;
