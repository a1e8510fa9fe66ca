/** The erasure of people's data, and of retired tenants, by destroying keys. */
@NullMarked
package io.varve.events.erasure;

import org.jspecify.annotations.NullMarked;
