package io.varve.command.control;

import io.varve.command.Command;
import io.varve.command.Requires;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Adopts the controls of a catalog, and puts those that are there in the catalog's words. A control
 * that cannot be imported is refused alone; the others are imported together or not at all.
 *
 * @param framework what the controls are requirements of, for example {@code nist-800-53r5}
 */
@Requires(Permission.CONTROL_WRITE)
public record ImportControls(String framework, List<ImportedControl> controls) implements Command {

  /** How many controls one catalog may have. */
  public static final int MAX_CONTROLS = 5_000;

  public static final int MAX_FRAMEWORK = 64;

  private static final Pattern FRAMEWORK = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  public ImportControls {
    controls = List.copyOf(controls);
  }

  @Override
  public void check(Rules rules) {
    rules
        .matches(
            "/framework",
            framework,
            FRAMEWORK,
            "must be 1 to 64 of the characters a-z, 0-9, . and -, a letter or digit first")
        .size("/catalog", controls, MAX_CONTROLS);
  }
}
