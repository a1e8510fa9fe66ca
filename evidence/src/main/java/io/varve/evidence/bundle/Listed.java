package io.varve.evidence.bundle;

import io.varve.evidence.bundle.Manifest.ListedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** That the files are those that the manifest lists. */
final class Listed {

  private Listed() {}

  /** All of them by name and size, and no other. */
  static void check(Archive archive, Manifest manifest) {
    List<BundleFile> there =
        Arrays.stream(BundleFile.values())
            .filter(file -> file.isListed() && archive.has(file))
            .toList();
    if (!manifest.files().stream()
        .map(ListedFile::name)
        .toList()
        .equals(there.stream().map(BundleFile::path).toList())) {
      throw new BadBundleException("manifest.json lists other files than there are");
    }
    for (int i = 0; i < there.size(); i++) {
      BundleFile file = there.get(i);
      if (manifest.files().get(i).size() != archive.size(file)) {
        throw new BadBundleException(
            "%s has %d bytes, and not the %d that the manifest tells"
                .formatted(file.path(), archive.size(file), manifest.files().get(i).size()));
      }
    }
  }

  /** A file's hash, which was computed while it was read. */
  static void require(Manifest manifest, BundleFile file, String sha256) {
    for (ListedFile listed : manifest.files()) {
      if (listed.name().equals(file.path()) && listed.sha256().equals(sha256)) {
        return;
      }
    }
    throw new BadBundleException(
        file.path() + " was changed: its SHA-256 is not the one that the manifest tells");
  }

  static String hash(Archive archive, BundleFile file) throws IOException {
    var digest = new Entry(OutputStream.nullOutputStream());
    try (InputStream in = archive.read(file)) {
      in.transferTo(digest);
    }
    return digest.sha256Hex();
  }
}
