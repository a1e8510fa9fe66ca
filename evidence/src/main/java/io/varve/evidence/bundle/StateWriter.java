package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** Writes {@link BundleFile#STATE}. */
public final class StateWriter {

  private final OutputStream out;
  private final Text line = new Text();
  private long count;

  public StateWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write("[\n".getBytes(UTF_8));
  }

  /**
   * @param sequence of the last event that is in the state
   * @param state as JSON, on one line
   */
  public void write(String stream, UUID id, long sequence, byte[] state) throws IOException {
    line.put(count++ == 0 ? "" : ",\n").put("{\"stream\":").putJson(stream);
    line.put(",\"id\":\"").put(id).put("\",\"sequence\":").put(sequence);
    line.put(",\"state\":").put(state).put('}').writeTo(out);
  }

  /** Ends the file, and tells how many states are in it. */
  public long end() throws IOException {
    out.write((count == 0 ? "]\n" : "\n]\n").getBytes(UTF_8));
    return count;
  }
}
