package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** UTF-8 text that grows and is used again. Not thread-safe. */
final class Text {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(UTF_8);

  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** The second whose text is at hand: that of one event is mostly that of the next. */
  private long second = Long.MIN_VALUE;

  private byte[] secondText = {};

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  Text put(byte[] more) {
    return put(more, 0, more.length);
  }

  Text put(byte[] more, int from, int count) {
    room(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
    return this;
  }

  Text put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Text of ASCII alone. */
  Text put(String ascii) {
    int count = ascii.length();
    room(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  Text put(long number) {
    if (number < 0) {
      return put(Long.toString(number));
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    room(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  Text put(UUID id) {
    room(36);
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    hex(high >>> 32, 8).put('-');
    hex(high >>> 16, 4).put('-');
    hex(high, 4).put('-');
    hex(low >>> 48, 4).put('-');
    return hex(low, 12);
  }

  /** Always with six digits of the second. */
  Text put(Instant at) {
    if (at.getEpochSecond() != second) {
      second = at.getEpochSecond();
      LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      secondText = (time.toLocalDate() + "T" + time.toLocalTime().withNano(1)).getBytes(UTF_8);
      secondText = Arrays.copyOf(secondText, secondText.length - "000000001".length());
    }
    put(secondText);
    int micros = at.getNano() / 1_000;
    room(7);
    for (int digit = length + 5; digit >= length; digit--) {
      bytes[digit] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    length += 6;
    return put('Z');
  }

  /** A JSON string (RFC 8259): quotes, backslashes and control characters are escaped alone. */
  Text putJson(String text) {
    put('"');
    if (isPlain(text)) {
      return put(text).put('"');
    }
    for (byte b : text.getBytes(UTF_8)) {
      if (b == '"' || b == '\\') {
        put('\\').put((char) b);
      } else if (b >= 0 && b < ' ') {
        put("\\u00");
        hex(b, 2);
      } else {
        room(1);
        bytes[length++] = b;
      }
    }
    return put('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** The same, each quote twice, as RFC 4180 has it in a quoted cell. */
  Text putDoubled(byte[] more, int from, int count) {
    room(2 * count);
    byte[] to = bytes;
    int at = length;
    for (int i = from; i < from + count; i++) {
      byte b = more[i];
      to[at++] = b;
      if (b == '"') {
        to[at++] = b;
      }
    }
    length = at;
    return this;
  }

  private Text hex(long bits, int digits) {
    room(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = DIGITS[(int) (bits >>> shift) & 0xF];
    }
    return this;
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
