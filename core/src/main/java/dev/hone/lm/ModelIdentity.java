package dev.hone.lm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What makes two instances the same model: its id, where it is, with which credential, and how it
 * is set up. Immutable. Of the credential it keeps only a SHA-256, which no method gives: it leaves
 * this class under a key only, see {@link #credentialHash}.
 */
public final class ModelIdentity {
  private final String id;
  private final String address;
  private final String variant;
  private final String credentialDigest;

  private ModelIdentity(String id, String address, String variant, String credentialDigest) {
    this.id = id;
    this.address = address;
    this.variant = variant;
    this.credentialDigest = credentialDigest;
  }

  /**
   * The identity of a model.
   *
   * @param id its {@link LanguageModel#id()}
   * @param address where it is, such as a base URL
   * @param credential what it is called with; null if it needs none. Not kept
   */
  public static ModelIdentity of(String id, String address, @Nullable String credential) {
    return new ModelIdentity(id, address, "", credential == null ? "" : digest(credential));
  }

  /**
   * A copy for a model that is set up in a certain way, such as with other capabilities, beside the
   * ways that were given before.
   */
  public ModelIdentity withVariant(String value) {
    return new ModelIdentity(
        id, address, variant.isEmpty() ? value : variant + "; " + value, credentialDigest);
  }

  private static String digest(String credential) {
    try {
      byte[] bytes = credential.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Tells credentials apart without showing them: the HMAC-SHA-256 of the credential's SHA-256, in
   * 64 hexadecimal digits; empty for a model that needs no credential. It is the same for the same
   * credential and key, in every process.
   *
   * @param key a secret of whoever compares, at least 1 byte
   * @throws IllegalArgumentException if the key has no bytes
   */
  public String credentialHash(byte[] key) {
    if (credentialDigest.isEmpty()) {
      return "";
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] digest = credentialDigest.getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(mac.doFinal(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
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
        && identity.credentialDigest.equals(credentialDigest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, address, variant, credentialDigest);
  }

  /** Says nothing of the credential. */
  @Override
  public String toString() {
    return "ModelIdentity[" + id + " at " + address + "]";
  }
}
