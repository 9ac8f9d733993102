using System.Text.Json.Serialization;
using Candor.Access;
using Candor.Access.Secrets;

namespace Candor.Notices.Subscribers;

/// <summary>
/// A contact at rest: sealed with a key of its own, which is sealed with the master key. Taking the row away forgets the
/// subscriber, although the journal keeps the id.
/// </summary>
/// <param name="Fingerprint">Recognises the same address; worth nothing without the master key.</param>
/// <param name="Box">Nonce, ciphertext and tag, in base64.</param>
internal sealed record SealedContact(string Fingerprint, SealedSecret Key, string Box);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SealedContact))]
[JsonSerializable(typeof(Contact))]
internal sealed partial class ContactJson : JsonSerializerContext;
