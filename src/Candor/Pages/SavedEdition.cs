using System.Collections.Frozen;
using System.Security.Cryptography;
using Candor.Effects;

namespace Candor.Pages;

/// <summary>
/// The front pages on disk, in the version for when nobody can vouch for them, so that a start or a damaged journal
/// leaves no reader without a page. A checksum decides whether the file is believed, and a mark of the settings whether
/// it is still for these readers; nothing else depends on it.
/// </summary>
internal sealed class SavedEdition(IDisk disk, string path)
{
    private const long LimitBytes = 64 << 20;

    /// <summary>Pages beyond this are left out: the file is a lifeboat, not an archive.</summary>
    private const int ContentLimitBytes = 16 << 20;

    private static readonly byte[] Magic = "candor-pages-2\n"u8.ToArray();

    /// <summary>A mark of the settings that the pages are made under.</summary>
    public Func<string> Mark { get; init; } = static () => "";

    /// <summary>Whether pages that were made under such settings may be shown under those of this start.</summary>
    public Func<string, bool> IsStillFor { get; init; } = static _ => true;

    /// <summary>Replaces the file. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public void Save(long position, IEnumerable<(string Path, PageBytes Page)> pages)
    {
        using var into = new MemoryStream();
        using var writer = new BinaryWriter(into);
        writer.Write(Magic);
        writer.Write(Mark());
        writer.Write(position);
        foreach (var (pagePath, page) in pages)
        {
            var content = page.Identity.Bytes;
            if (into.Length + content.Length > ContentLimitBytes)
            {
                break;
            }

            writer.Write(true);
            writer.Write(pagePath);
            writer.Write(page.StatusCode);
            writer.Write(page.ContentType.ToString());
            writer.Write(page.ContentSecurityPolicy.ToString());
            writer.Write(content.Length);
            writer.Write(content.Span);
        }

        writer.Write(false);
        writer.Flush();
        var body = into.GetBuffer().AsSpan(0, (int)into.Length);
        writer.Write(SHA256.HashData(body));
        disk.Replace(path, into.GetBuffer().AsSpan(0, (int)into.Length));
    }

    /// <summary>The saved pages as an edition, or null where there are none or the file is damaged.</summary>
    public Edition? Load()
    {
        var file = disk.Read(path, LimitBytes);
        if (file is null || file.Length < Magic.Length + SHA256.HashSizeInBytes)
        {
            return null;
        }

        var body = file.AsSpan(0, file.Length - SHA256.HashSizeInBytes);
        var intact = SHA256.HashData(body).AsSpan().SequenceEqual(file.AsSpan(body.Length)) && body.StartsWith(Magic);
        return intact ? Parse(file, body.Length) : null;
    }

    private Edition? Parse(byte[] file, int length)
    {
        using var from = new MemoryStream(file, Magic.Length, length - Magic.Length, writable: false);
        using var reader = new BinaryReader(from);
        if (!IsStillFor(reader.ReadString()))
        {
            return null;
        }

        var position = reader.ReadInt64();
        var pages = new Dictionary<string, PageBytes>(StringComparer.Ordinal);
        while (reader.ReadBoolean())
        {
            var pagePath = reader.ReadString();
            var status = reader.ReadInt32();
            var contentType = reader.ReadString();
            var policy = reader.ReadString();
            var content = reader.ReadBytes(reader.ReadInt32());
            pages[pagePath] = PageBytes.From(
                new(pagePath, contentType, content) { StatusCode = status, ContentSecurityPolicy = policy }, before: null);
        }

        return new() { Position = position, Front = pages.ToFrozenDictionary(StringComparer.Ordinal), IsRestored = true };
    }
}
