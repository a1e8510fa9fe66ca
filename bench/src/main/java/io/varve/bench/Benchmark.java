package io.varve.bench;

import java.util.List;

/** One comparison of ours with a peer. It leaves nothing behind but its measurements. */
public interface Benchmark {

  String name();

  List<Measurement> run(Effort effort) throws Exception;
}
