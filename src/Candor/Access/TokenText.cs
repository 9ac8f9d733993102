using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Access;

/// <summary>
/// A token as its owner has it: <c>cnd_api_&lt;id&gt;_&lt;secret&gt;&lt;check&gt;</c>. The id finds it, 256 random bits prove it, and the
/// check tells a mistyped one, and scanners of leaked secrets, apart from anything else. Only the secret's hash is kept.
/// </summary>
internal sealed record TokenText(string Kind, TokenId Id, string Secret)
{
    public const string Prefix = "cnd_";
    public const string Api = "api";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43; // 62^43 > 2^256
    private const int CheckLength = 6;
    private const int LengthMax = 100;

    public static TokenText Make(string kind, IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[1];
        var secret = new StringBuilder(SecretLength);
        while (secret.Length < SecretLength)
        {
            randomness.Fill(bytes);

            // 248 = 4 × 62: a larger byte would favour the first letters.
            if (bytes[0] < 248)
            {
                secret.Append(Alphabet[bytes[0] % Alphabet.Length]);
            }
        }

        return new(kind, new(randomness.NextId(IdLength)), secret.ToString());
    }

    /// <summary>Null for what is no token, also for one with a slip in it.</summary>
    public static TokenText? Read(string text)
    {
        var parts = text.Length <= LengthMax ? text.Split('_') : [];
        if (parts is not ["cnd", { Length: > 0 and <= 8 } kind, { Length: IdLength } id, { Length: SecretLength + CheckLength } rest]
            || !rest.All(char.IsAsciiLetterOrDigit) || !id.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var read = new TokenText(kind, new(id), rest[..SecretLength]);
        return read.Check() == rest[SecretLength..] ? read : null;
    }

    /// <summary>Every token in a text, such as an address that should have none.</summary>
    public static IEnumerable<TokenText> FindIn(string text)
    {
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            var end = at;
            while (end < text.Length && end - at <= LengthMax && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (Read(text[at..end]) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The whole token. Shown once, when it is made.</summary>
    public string Reveal() => $"{Prefix}{Kind}_{Id}_{Secret}{Check()}";

    /// <summary>What is kept of the secret. It has 256 random bits, so nothing slower than a hash is called for.</summary>
    public string Hash() => Hashes.Of(Secret);

    /// <summary>Without the secret, so that no log ever has it.</summary>
    public override string ToString() => $"{Prefix}{Kind}_{Id}_…";

    private string Check()
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{Prefix}{Kind}_{Id}_{Secret}"));
        return string.Create(CheckLength, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        });
    }
}
