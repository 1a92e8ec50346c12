package dev.hone.lm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes two instances the same model: its id, where it is, with which credential, and how it
 * is set up. Immutable. Of the credential it keeps only a SHA-256 under a random key of this
 * process, so that it can be compared and not be read; it means nothing outside of the process.
 */
public final class ModelIdentity {
  private static final byte[] PROCESS_KEY = new byte[32];

  static {
    new SecureRandom().nextBytes(PROCESS_KEY);
  }

  private final String id;
  private final String address;
  private final String variant;
  private final String credentialHash;

  private ModelIdentity(String id, String address, String variant, String credentialHash) {
    this.id = id;
    this.address = address;
    this.variant = variant;
    this.credentialHash = credentialHash;
  }

  /**
   * The identity of a model.
   *
   * @param id its {@link LanguageModel#id()}
   * @param address where it is, such as a base URL
   * @param credential what it is called with; null if it needs none. Not kept
   */
  public static ModelIdentity of(String id, String address, @Nullable String credential) {
    return new ModelIdentity(id, address, "", credential == null ? "" : hash(credential));
  }

  /**
   * A copy for a model that is set up in a certain way, such as with other capabilities, beside the
   * ways that were given before.
   */
  public ModelIdentity withVariant(String value) {
    return new ModelIdentity(
        id, address, variant.isEmpty() ? value : variant + "; " + value, credentialHash);
  }

  private static String hash(String credential) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PROCESS_KEY);
      return HexFormat.of().formatHex(digest.digest(credential.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The model's id. */
  public String id() {
    return id;
  }

  /** Where the model is, such as a base URL. */
  public String address() {
    return address;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelIdentity identity
        && identity.id.equals(id)
        && identity.address.equals(address)
        && identity.variant.equals(variant)
        && identity.credentialHash.equals(credentialHash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, address, variant, credentialHash);
  }

  /** Says nothing of the credential. */
  @Override
  public String toString() {
    return "ModelIdentity[" + id + " at " + address + "]";
  }
}
