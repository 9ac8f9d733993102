using System.Collections.Immutable;
using System.Text;
using Candor.Attachments.Pictures;
using Candor.Journal;

namespace Candor.Attachments;

/// <summary>
/// Says what bytes are, by the bytes alone, and gives them back as they may be shown: a picture without what it says of
/// place, time and machine, and without anything behind its end. Pure. Only what is named here is taken.
/// </summary>
internal static class Inspection
{
    private const string Taken = "Pictures (png, jpg, webp, gif), text (txt, log, csv) and pdf are taken.";

    private static readonly ImmutableArray<(string Type, ImmutableArray<string> Extensions)> Types =
    [
        (Png.Type, [".png"]), (Jpeg.Type, [".jpg", ".jpeg"]), (WebP.Type, [".webp"]), (Gif.Type, [".gif"]),
        ("application/pdf", [".pdf"]), ("text/csv; charset=utf-8", [".csv"]), ("text/plain; charset=utf-8", [".txt", ".log"]),
    ];

    /// <param name="name">As <see cref="FileName.Of"/> made it; its ending has to fit what the bytes are.</param>
    public static (Inspected? File, Refusal? Refusal) Of(string name, ReadOnlySpan<byte> bytes)
    {
        if (AgainstName(name) is { } unknown)
        {
            return (null, unknown);
        }

        var extension = FileName.ExtensionOf(name);
        var (type, picture) = Read(bytes, extension);
        if (type is null)
        {
            return (null, new("file.not_taken", $"What “{name}” holds is no file that is taken, or it is damaged. {Taken}", "name"));
        }

        if (!Types.Single(one => one.Type == type).Extensions.Contains(extension))
        {
            return (null, new("file.other_type", $"“{name}” holds {type.Split(';')[0]} and is called something else; name it for what it is.", "name"));
        }

        return picture is { IsTooLarge: true }
            ? (null, new("file.too_many_pixels", $"“{name}” is {picture.Width} by {picture.Height} pixels; a picture may have {Picture.PixelsMax / 1_000_000} million. Send a smaller one.", "name"))
            : (new(type, picture?.Bytes ?? bytes.ToArray(), picture?.Width, picture?.Height), null);
    }

    /// <summary>Whether anything that is taken has this type.</summary>
    public static bool Takes(string type) => Types.Any(one => one.Type == type);

    /// <summary>What can be said before the first byte has come.</summary>
    public static Refusal? AgainstName(string name) => Types.Any(one => one.Extensions.Contains(FileName.ExtensionOf(name)))
        ? null
        : new("file.not_taken", $"“{name}” is not taken. {Taken}", "name");

    private static (string? Type, Picture? Picture) Read(ReadOnlySpan<byte> bytes, string extension)
    {
        if (Png.Read(bytes) is { } png)
        {
            return (Png.Type, png);
        }

        if (Jpeg.Read(bytes) is { } jpeg)
        {
            return (Jpeg.Type, jpeg);
        }

        if (Gif.Read(bytes) is { } gif)
        {
            return (Gif.Type, gif);
        }

        if (WebP.Read(bytes) is { } webp)
        {
            return (WebP.Type, webp);
        }

        if (bytes.StartsWith("%PDF-"u8))
        {
            return (bytes.LastIndexOf("%%EOF"u8) >= 0 ? "application/pdf" : null, null);
        }

        return (!IsText(bytes) ? null : extension == ".csv" ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8", null);
    }

    /// <summary>UTF-8 without control characters, other than those of lines and of coloured logs.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f' or 0x1B)))
            {
                return false;
            }

            bytes = bytes[length..];
        }

        return true;
    }
}

/// <summary>A file as it may be shown.</summary>
/// <param name="Width">Of a picture, in pixels; else null.</param>
internal sealed record Inspected(string Type, byte[] Bytes, int? Width, int? Height);
