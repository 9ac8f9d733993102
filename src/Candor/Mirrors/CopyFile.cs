using System.Collections.Immutable;
using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>
/// The copy on a mirror's disk: the signed manifest, then each content that it names, once, in the manifest's order. It is
/// believed as little as what comes over the network: the publisher's signature and the hash of each content decide, and
/// there is no byte that neither of them covers.
/// </summary>
internal sealed class CopyFile(IDisk disk, string path, PinnedKey key)
{
    public const string FileName = "mirror.pages";

    private static readonly byte[] Magic = "candor-mirror-2\n"u8.ToArray();

    /// <summary>Replaces the file. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public void Save(HeldCopy copy)
    {
        using var into = new MemoryStream();
        using var writer = new BinaryWriter(into);
        writer.Write(Magic);
        Write(copy.Signature);
        Write(copy.Signed);
        foreach (var content in Named(copy.Manifest))
        {
            writer.Write(copy.Contents[content.Hash].Span);
        }

        writer.Flush();
        disk.Replace(path, into.GetBuffer().AsSpan(0, (int)into.Length));

        void Write(ReadOnlySpan<byte> bytes)
        {
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    /// <summary>The copy; null where there is none, with the reason where there is a file.</summary>
    public (HeldCopy? Copy, string? Refusal) Load()
    {
        byte[]? file;
        try
        {
            file = disk.Read(path, HeldCopy.BytesMax + Manifest.BytesMax);
        }
        catch (IOException fault)
        {
            return (null, fault.Message);
        }

        try
        {
            return file is null ? default : Parse(file);
        }
        catch (Exception fault) when (fault is EndOfStreamException or IOException or ArgumentException)
        {
            return (null, "It ends in the middle, or was changed.");
        }
    }

    private (HeldCopy? Copy, string? Refusal) Parse(byte[] file)
    {
        using var from = new MemoryStream(file, writable: false);
        using var reader = new BinaryReader(from);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
        {
            return (null, "It is another kind of file.");
        }

        var (signature, signed) = (Read(), Read());
        if (Acceptance.Read(key, signed, signature, held: null) is not ({ } manifest, _))
        {
            return (null, "It was changed, or another publisher signed it.");
        }

        var contents = ImmutableDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var named in Named(manifest))
        {
            var content = reader.ReadBytes(named.Bytes);
            if (MirroredContent.Of(content) != named)
            {
                return (null, "A page in it is not the one that the publisher signed.");
            }

            contents[named.Hash] = content;
        }

        return from.Position == from.Length
            ? (new(manifest, signed, signature, contents.ToImmutable()), null)
            : (null, "There is more in it than the publisher signed.");

        byte[] Read()
        {
            var length = reader.ReadInt32();
            return length >= 0 && length <= from.Length - from.Position
                ? reader.ReadBytes(length)
                : throw new EndOfStreamException();
        }
    }
    private static IEnumerable<MirroredContent> Named(Manifest manifest) =>
        manifest.Pages.SelectMany(static page => page.Contents).DistinctBy(static content => content.Hash);
}
