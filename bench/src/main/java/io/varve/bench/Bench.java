package io.varve.bench;

import io.varve.bench.append.AppendExisting;
import io.varve.bench.append.AppendNew;
import io.varve.bench.append.AppendStock;
import io.varve.bench.audit.AuditSearch;
import io.varve.bench.export.ExportBench;
import io.varve.bench.project.Project;
import io.varve.bench.project.ProjectStock;
import io.varve.bench.rls.RowLevelSecurity;
import io.varve.bench.seal.Seal;
import io.varve.bench.start.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program: {@code bench [NAME…] [--json FILE]}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures ours and a peer in turn and prints the ratio of their medians.")
public final class Bench implements Callable<Integer> {

  private static final List<Benchmark> ALL =
      List.of(
          new AppendNew(),
          new AppendExisting(),
          new AppendStock(),
          new Project(),
          new ProjectStock(),
          new ExportBench(),
          new RowLevelSecurity(),
          new Seal(),
          new AuditSearch(),
          new Start());

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which; all if none is named.")
  private List<String> names = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the measurements there too.")
  private @Nullable Path json;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Seconds per round and contender (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "8",
      description = "Seconds per contender before the first round (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "Less than 1 for smaller data than the targets are for (${DEFAULT-VALUE}).")
  private double scale;

  @Option(
      names = "--data",
      defaultValue = "data/bench",
      description = "Folder for data while it is needed (${DEFAULT-VALUE}).")
  private Path data = Path.of("data", "bench");

  private Bench() {}

  public static void main(String... arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var effort =
        new Effort(rounds, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), scale, data);
    var measurements = new ArrayList<Measurement>();
    for (Benchmark benchmark : chosen()) {
      System.err.println(benchmark.name() + " …");
      measurements.addAll(benchmark.run(effort));
    }
    Report.table(measurements, System.out);
    if (json != null) {
      Report.json(measurements, json);
    }
    return 0;
  }

  private List<Benchmark> chosen() {
    for (String name : names) {
      if (ALL.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
        throw new IllegalArgumentException(
            "There is no benchmark \"%s\", only %s."
                .formatted(
                    name, ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
      }
    }
    return ALL.stream().filter(b -> names.isEmpty() || names.contains(b.name())).toList();
  }
}
