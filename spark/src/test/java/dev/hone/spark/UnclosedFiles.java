package dev.hone.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files, of which those of a ledger are as HDFS shows one whose writer was killed: of length
 * 0, while a reader finds all that was flushed.
 */
public final class UnclosedFiles extends RawLocalFileSystem {
  private static final URI NAME = URI.create("unclosed:///");

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(NAME, configuration);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return seen(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] found = super.listStatus(path);
    for (int i = 0; i < found.length; i++) {
      found[i] = seen(found[i]);
    }
    return found;
  }

  private static FileStatus seen(FileStatus file) {
    return file.getPath().getName().endsWith(".jsonl")
        ? new FileStatus(
            0, false, 1, file.getBlockSize(), file.getModificationTime(), file.getPath())
        : file;
  }
}
