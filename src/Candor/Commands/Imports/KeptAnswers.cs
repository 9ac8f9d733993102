using System.Security.Cryptography;
using System.Text;

namespace Candor.Commands.Imports;

/// <summary>Answers that were fetched already, in a folder: a fetch that broke off goes on where it was.</summary>
internal sealed class KeptAnswers(string folder)
{
    public byte[]? Find(Uri address) => File.Exists(FileOf(address)) ? File.ReadAllBytes(FileOf(address)) : null;

    public async Task KeepAsync(Uri address, ReadOnlyMemory<byte> answer, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var file = FileOf(address);
        await File.WriteAllBytesAsync(file + ".part", answer, cancellation);
        File.Move(file + ".part", file, overwrite: true);
    }

    /// <summary>A name that says what it is, and that no address can lead out of the folder.</summary>
    private string FileOf(Uri address)
    {
        var plain = string.Concat(address.PathAndQuery.Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..12];
        return Path.Combine(folder, $"{(plain.Length > 60 ? plain[..60] : plain).TrimStart('.')}-{digest}.json");
    }
}
