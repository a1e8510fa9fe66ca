package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.merkle.Nodes;
import java.io.IOException;
import java.io.OutputStream;

/** Tells what is left out of a tree while the numbers that are in go by. */
public final class Gaps {

  private final Nodes nodes;
  private final OutputStream out;
  private long next = 1;

  /**
   * @param nodes of the tenant's tree
   * @param out where {@link BundleFile#GAPS} is written
   */
  public Gaps(Nodes nodes, OutputStream out) {
    this.nodes = nodes;
    this.out = out;
  }

  /** The next event that is in; their numbers rise. */
  public void has(long number) throws IOException {
    upTo(number);
    next = number + 1;
  }

  /** There is no further event among the first so many. */
  public void end(long size) throws IOException {
    upTo(size + 1);
  }

  private void upTo(long number) throws IOException {
    if (next < number) {
      out.write((Json.write(Gap.of(nodes, next, number - 1)) + "\n").getBytes(UTF_8));
    }
  }
}
