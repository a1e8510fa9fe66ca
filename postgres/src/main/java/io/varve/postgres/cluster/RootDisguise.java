package io.varve.postgres.cluster;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. Where Varve is root (a container, usually) the server's
 * programs run in a user namespace without privileges, in which root's files are theirs all the
 * same.
 */
final class RootDisguise {

  private static final List<String> NAMESPACE = List.of("unshare", "--user");

  private RootDisguise() {}

  static List<String> prefix() {
    if (new UnixSystem().getUid() != 0) {
      return List.of();
    }
    if (!namespacesWork()) {
      throw new ClusterException(
          "PostgreSQL does not run as root, and this machine does not allow user namespaces"
              + " (unshare --user): start Varve as another user.");
    }
    return NAMESPACE;
  }

  private static boolean namespacesWork() {
    try {
      return new ProcessBuilder("unshare", "--user", "true")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
