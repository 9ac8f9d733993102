using System.Collections.Immutable;
using System.Text.Json;
using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>The bulletins that a mirror holds, on its disk before anybody is told that they were taken. May be used from any thread.</summary>
internal sealed class BulletinBoard(IDisk disk, string path, TimeProvider time)
{
    public const string FileName = "mirror.bulletins";

    private const int CountMax = 50;
    private const long FileBytesMax = CountMax * (Bulletin.BytesMax + 256L) * 2;
    private static readonly TimeSpan WaitsFor = TimeSpan.FromDays(30);

    private readonly Lock gate = new();
    private volatile ImmutableList<PostedBulletin> posted = [];

    /// <summary>
    /// Reads what was taken before, and says why it could not: the mirror goes on without it, and the file is kept beside the
    /// new one. What is not signed is left out when it is asked for.
    /// </summary>
    public string? Restore()
    {
        byte[]? file = null;
        try
        {
            file = disk.Read(path, FileBytesMax);
            posted = file is null ? [] : [.. JsonSerializer.Deserialize(file, BulletinJson.Default.ListPostedBulletin) ?? []];
            return null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return file is null || Keep(file) ? fault.Message : $"{fault.Message} It could not be kept either.";
        }
    }

    /// <summary>Takes one, or says why not. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public string? Take(PinnedKey? key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key is null)
        {
            return "The publisher has named no emergency key: `candor mirror emergency` makes one while it is there.";
        }

        var (bulletin, refusal) = Bulletin.Read(key, signed, signature, time.GetUtcNow(), Bulletin.ShownFor, Bulletin.AheadMax);
        if (bulletin is null)
        {
            return refusal;
        }

        lock (gate)
        {
            if (Known(key).Any(one => one.Bulletin.Id == bulletin.Id))
            {
                return null;
            }

            // What no key fits any more, or is too old to be told, does not come back. What the publisher has is kept where there
            // is room: whoever was telling people of it may go on, and how many they were is reported.
            var waiting = Known(key).Where(static one => !one.Posted.IsFolded).Select(static one => one.Posted).ToList();
            var folded = Known(key).Where(static one => one.Posted.IsFolded).OrderByDescending(static one => one.Bulletin.At).Select(static one => one.Posted);
            if (waiting.Count >= CountMax)
            {
                return $"There are {CountMax} bulletins already that the publisher does not have.";
            }

            Become([.. folded.Take(CountMax - 1 - waiting.Count), .. waiting, new(signed.ToArray(), signature.ToArray())]);
            return null;
        }
    }

    /// <summary>What readers are to see: not what the publisher says itself by now, and not for longer than a day. Newest first.</summary>
    public IReadOnlyList<Bulletin> Shown(PinnedKey? key) => key is null ? [] :
        [.. Known(key).Where(one => !one.Posted.IsFolded && time.GetUtcNow() - one.Bulletin.At <= Bulletin.ShownFor).Select(static one => one.Bulletin).OrderByDescending(static one => one.At)];

    /// <summary>What the publisher does not have yet, in the order in which it was said.</summary>
    public IReadOnlyList<PostedBulletin> Waiting(PinnedKey? key) => key is null ? [] :
        [.. Known(key).Where(static one => !one.Posted.IsFolded).OrderBy(static one => one.Bulletin.At).Select(static one => one.Posted)];

    /// <summary>One of the last 30 days, and whether the publisher has it; null where it is not known, or no key is.</summary>
    public (Bulletin Bulletin, bool IsFolded)? Find(PinnedKey? key, string id) => key is null ? null
        : Known(key).Where(one => one.Bulletin.Id == id).Select(static one => ((Bulletin, bool)?)(one.Bulletin, one.Posted.IsFolded)).FirstOrDefault();

    public void Fold(PostedBulletin bulletin)
    {
        lock (gate)
        {
            Become(posted.Replace(bulletin, bulletin with { IsFolded = true }));
        }
    }

    private bool Keep(byte[] file)
    {
        try
        {
            disk.Replace($"{path}.damaged", file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private IEnumerable<(PostedBulletin Posted, Bulletin Bulletin)> Known(PinnedKey key)
    {
        foreach (var one in posted)
        {
            if (Bulletin.Read(key, one.Signed, one.Signature, time.GetUtcNow(), WaitsFor, Bulletin.AheadMax).Bulletin is { } bulletin)
            {
                yield return (one, bulletin);
            }
        }
    }

    private void Become(ImmutableList<PostedBulletin> next)
    {
        disk.Replace(path, JsonSerializer.SerializeToUtf8Bytes([.. next], BulletinJson.Default.ListPostedBulletin));
        posted = next;
    }
}
