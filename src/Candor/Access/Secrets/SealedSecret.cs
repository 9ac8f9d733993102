namespace Candor.Access.Secrets;

/// <summary>An encrypted secret: which key, which version of the secret, and nonce, ciphertext and tag in base64.</summary>
internal sealed record SealedSecret(string Key, int Version, string Box);
