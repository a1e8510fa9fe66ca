/** What an event of the audit trail is found by, for whoever writes it down and whoever asks. */
@NullMarked
package io.varve.events.audit;

import org.jspecify.annotations.NullMarked;
