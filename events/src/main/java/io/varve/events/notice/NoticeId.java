package io.varve.events.notice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.varve.events.StreamId;
import java.util.UUID;

/** Identifies a notice. */
public record NoticeId(@JsonValue UUID value) implements StreamId, Comparable<NoticeId> {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NoticeId {}

  @Override
  public int compareTo(NoticeId other) {
    return value.compareTo(other.value);
  }
}
