package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.bundle.Manifest.ListedFile;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** The files of a bundle, for who changes them: read and written as any other ZIP archive. */
record Zip(Map<String, byte[]> files) {

  static Zip read(Path bundle) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipFile(bundle.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return new Zip(files);
  }

  Zip copy() {
    return new Zip(new LinkedHashMap<>(files));
  }

  String text(BundleFile file) {
    return new String(files.get(file.path()), UTF_8);
  }

  Zip with(BundleFile file, String text) {
    Zip copy = copy();
    copy.files.put(file.path(), text.getBytes(UTF_8));
    return copy;
  }

  Zip with(BundleFile file, UnaryOperator<String> change) {
    String changed = change.apply(text(file));
    if (changed.equals(text(file))) {
      throw new IllegalArgumentException("nothing was changed in " + file.path());
    }
    return with(file, changed);
  }

  Zip without(BundleFile file) {
    Zip copy = copy();
    copy.files.remove(file.path());
    return copy;
  }

  Manifest manifest() {
    return Json.read(text(BundleFile.MANIFEST), Manifest.class);
  }

  /** The manifest over the files as they are now, as only who has the key can sign it. */
  Zip signed(NoteSigner signer) {
    return signed(signer, manifest());
  }

  Zip signed(NoteSigner signer, Manifest was) {
    var listed = new ArrayList<ListedFile>();
    files.forEach(
        (name, bytes) -> {
          if (!name.startsWith("manifest.")) {
            listed.add(new ListedFile(name, bytes.length, sha256(bytes)));
          }
        });
    String json =
        Json.write(
            new Manifest(
                was.format(),
                was.export(),
                was.tenant(),
                was.origin(),
                was.scope(),
                was.purpose(),
                was.askedBy(),
                was.asked(),
                was.made(),
                was.size(),
                was.complete(),
                was.first(),
                was.last(),
                was.events(),
                was.streams(),
                was.personal(),
                listed));
    String text = Manifest.noteText(was.origin(), was.export(), sha256(json.getBytes(UTF_8)));
    return with(BundleFile.MANIFEST, json)
        .with(BundleFile.MANIFEST_NOTE, Note.sign(text, signer.named(was.origin())).toString());
  }

  Path write(Path to) throws IOException {
    return write(to, List.copyOf(files.keySet()));
  }

  /** In that order; a name may be there twice. */
  Path write(Path to, List<String> names) throws IOException {
    try (var zip = new ZipArchiveOutputStream(to)) {
      zip.setMethod(ZipArchiveOutputStream.STORED);
      zip.setUseZip64(Zip64Mode.AlwaysWithCompatibility);
      for (String name : names) {
        var entry = new ZipArchiveEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putArchiveEntry(entry);
        zip.write(files.getOrDefault(name, new byte[0]));
        zip.closeArchiveEntry();
      }
    }
    return to;
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Entry.sha256().digest(bytes));
  }
}
