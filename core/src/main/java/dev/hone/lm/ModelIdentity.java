package dev.hone.lm;

import dev.hone.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which model it is, where it is, and on whose account it is called: two models with equal
 * identities are the same model. Holds a hash of the credential, never the credential. Immutable.
 */
public final class ModelIdentity {
  private final String id;
  private final String address;
  private final String credentialHash;

  private ModelIdentity(String id, String address, String credentialHash) {
    this.id = id;
    this.address = address;
    this.credentialHash = credentialHash;
  }

  /**
   * The identity of a model.
   *
   * @param id its name, see {@link LanguageModel#id()}
   * @param address where it is called, such as a URL
   * @param credential what it is called with; null for none; only its hash is kept
   */
  public static ModelIdentity of(String id, String address, @Nullable String credential) {
    return new ModelIdentity(id, address, credential == null ? "" : hash(credential));
  }

  private static String hash(String credential) {
    return Json.fingerprint(Json.object().put("credential", credential));
  }

  /** The model's name. */
  public String id() {
    return id;
  }

  /** Where it is called. */
  public String address() {
    return address;
  }

  /** The hash of the credential; empty for none. */
  public String credentialHash() {
    return credentialHash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelIdentity that
        && id.equals(that.id)
        && address.equals(that.address)
        && credentialHash.equals(that.credentialHash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, address, credentialHash);
  }

  /** The name and the address, never the credential. */
  @Override
  public String toString() {
    return "ModelIdentity[" + id + " at " + address + "]";
  }
}
