using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Candor.Tests.Access;

/// <summary>An authenticator in a few lines: one P-256 key, attestation "none", answers as browsers send them.</summary>
internal sealed class Authenticator : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; } = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = "http://localhost:8081";

    public string Domain { get; set; } = "localhost";

    public uint Counter { get; set; }

    public string Register(string options) => Register(Challenge(options));

    public string SignIn(string options, string person) => SignIn(Challenge(options), person, "webauthn.get");

    public static byte[] Challenge(string options) => Base64Url.DecodeFromChars(JsonNode.Parse(options)!["challenge"]!.GetValue<string>());

    public string SignIn(byte[] challenge, string person, string type)
    {
        Counter++;
        var (client, about) = (Client(type, challenge), About(0x05));
        var signature = key.SignData(
            [.. about, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(about),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person)),
        });
    }

    public void Dispose() => key.Dispose();

    private string Register(byte[] challenge)
    {
        byte[] about = [.. About(0x45), .. new byte[16], .. Length(Id.Length), .. Id, .. CoseKey()];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, .. Length(about.Length), .. about,
        ];
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(Client("webauthn.create", challenge)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(Id),
        ["rawId"] = Base64Url.EncodeToString(Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["authenticatorAttachment"] = "platform",
        ["response"] = response,
    }.ToJsonString();

    private byte[] Client(string type, byte[] challenge) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type, ["challenge"] = Base64Url.EncodeToString(challenge), ["origin"] = Origin, ["crossOrigin"] = false,
    }.ToJsonString());

    private byte[] About(byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), flags, .. counter];
    }

    /// <summary>{1: 2, 3: -7, -1: 1, -2: x, -3: y}, by hand.</summary>
    private byte[] CoseKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private static byte[] Length(int length) => [(byte)(length >> 8), (byte)length];
}
