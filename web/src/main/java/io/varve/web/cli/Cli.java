package io.varve.web.cli;

import io.varve.postgres.backup.BackupException;
import io.varve.postgres.cluster.ClusterException;
import io.varve.postgres.keyfile.KeyFileException;
import io.varve.projections.seal.sink.NoLockException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command, and what a user sees when one fails: a sentence, never a stack trace. */
@Command(
    name = "varve",
    description = "A multi-tenant cyber-risk platform on an append-only ledger.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Up.class,
      Migrate.class,
      Keys.class,
      Verify.class,
      ImportTenant.class,
      BackUp.class,
      RestoreBackup.class,
      Drill.class,
      Train.class
    })
public final class Cli implements Runnable {

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private Cli() {}

  /**
   * @return 0, or 1 when the command failed, or 2 when it was not understood
   */
  public static int run(String... arguments) {
    if (CommandLineSecrets.isIn(arguments)) {
      System.err.println(CommandLineSecrets.SENTENCE);
      return 2;
    }
    return new CommandLine(new Cli())
        .setExecutionExceptionHandler(Cli::report)
        .setParameterExceptionHandler(Cli::misunderstood)
        .execute(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
  }

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    String sentence = sentence(failure);
    if (sentence == null) {
      LoggerFactory.getLogger(Cli.class).error("Varve failed", failure);
      sentence =
          "Varve failed: %s (the log has the details)."
              .formatted(String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }
    err.println(sentence);
    err.flush();
    return 1;
  }

  private static @Nullable String sentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused
          || cause instanceof ClusterException
          || cause instanceof BackupException
          || cause instanceof KeyFileException
          || cause instanceof NoLockException) {
        return cause.getMessage();
      }
    }
    return null;
  }

  private static int misunderstood(CommandLine.ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.println(
        "%s (\"%s --help\" lists what there is)"
            .formatted(
                failure.getMessage(), failure.getCommandLine().getCommandSpec().qualifiedName()));
    err.flush();
    return 2;
  }
}
