/** Every stream and every event type there is; nothing else can be decoded. */
@NullMarked
package io.varve.events.catalog;

import org.jspecify.annotations.NullMarked;
