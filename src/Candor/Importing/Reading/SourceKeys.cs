using System.Security.Cryptography;
using System.Text;

namespace Candor.Importing.Reading;

/// <summary>Keys for what has no id at its source: a digest of what it says, the same again on the next run.</summary>
internal static class SourceKeys
{
    public static string Of(string title, IEnumerable<string?> texts) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', texts.Prepend(title)))))[..24];
}
