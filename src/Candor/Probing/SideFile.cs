using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Effects;

namespace Candor.Probing;

/// <summary>A file beside the journal whose loss costs some memory of the past and must not cost the page.</summary>
internal static class SideFile
{
    /// <summary>What it holds, or null and, where it was there, what is wrong with it. Damaged bytes are kept beside it for people.</summary>
    public static (T? Content, string? Damage) Load<T>(IDisk disk, string path, long bytesMax, JsonTypeInfo<T> json)
        where T : class
    {
        byte[]? bytes = null;
        try
        {
            bytes = disk.Read(path, bytesMax);
            return (bytes is null ? null : JsonSerializer.Deserialize(bytes, json) ?? throw new JsonException("it holds nothing"), null);
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            var aside = path + ".damaged";
            return (null, $"{fault.Message} {(KeepAside(disk, aside, bytes) ? $"The file as it was is {aside}." : $"It could not be kept as {aside}.")}");
        }
    }

    private static bool KeepAside(IDisk disk, string aside, byte[]? bytes)
    {
        try
        {
            if (bytes is not null)
            {
                disk.Replace(aside, bytes);
            }

            return bytes is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
