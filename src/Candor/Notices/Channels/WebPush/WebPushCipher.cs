using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Candor.Notices.Channels.WebPush;

/// <summary>
/// Encrypts for one browser, so that the push service in between reads nothing: RFC 8291 for the keys, RFC 8188 (aes128gcm)
/// for the form, in one record.
/// </summary>
internal static class WebPushCipher
{
    public const int SaltBytes = 16;

    /// <summary>What push services take at least (RFC 8030), less what goes around it.</summary>
    public const int PlainMost = 4_096 - HeaderBytes - TagBytes - 1;

    private const int HeaderBytes = SaltBytes + 4 + 1 + WebPushAddress.PointBytes;
    private const int TagBytes = 16;
    private const int RecordBytes = 4_096;
    private const byte LastRecord = 2;

    /// <param name="own">Ours, for this one message.</param>
    /// <param name="salt">Random, for this one message.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> plain, WebPushAddress to, ECDiffieHellman own, ReadOnlySpan<byte> salt)
    {
        var theirs = to.PublicKey;
        var ours = WebPushCurve.PointOf(own.ExportParameters(includePrivateParameters: false));
        using var receiver = WebPushCurve.Public(theirs);
        var shared = own.DeriveRawSecretAgreement(receiver.PublicKey);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, to.AuthSecret, [.. "WebPush: info\0"u8, .. theirs, .. ours]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt.ToArray(), [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt.ToArray(), [.. "Content-Encoding: nonce\0"u8]);

        var body = new byte[HeaderBytes + plain.Length + 1 + TagBytes];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltBytes), RecordBytes);
        body[SaltBytes + 4] = (byte)ours.Length;
        ours.CopyTo(body, SaltBytes + 5);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, [.. plain, LastRecord], body.AsSpan(HeaderBytes, plain.Length + 1), body.AsSpan(HeaderBytes + plain.Length + 1));
        return body;
    }
}
