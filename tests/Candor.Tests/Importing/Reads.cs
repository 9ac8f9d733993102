using System.Text;
using Candor.Importing;
using Candor.Importing.Reading;

namespace Candor.Tests.Importing;

/// <summary>Reads texts as if they were files, through the catalogue: what is tested is also found.</summary>
internal static class Reads
{
    /// <summary>Texts with the names they would have; a text without a name stands in a file of no telling name.</summary>
    public static ImportReading Try(params (string Path, string Text)[] files) =>
        ImportSources.Read(files.Select(f => new SourceFile(f.Path, Encoding.UTF8.GetBytes(f.Text))));

    public static Imported As(string source, params (string Path, string Text)[] files)
    {
        var reading = Try(files);
        Assert.True(reading.Refusal is null, reading.Refusal?.Sentence);
        Assert.Equal(source, reading.Source!.Name);
        return reading.Imported!;
    }

    public static Imported As(string source, string text) => As(source, ("given", text));

    public static Imported Sample(string source, string path)
    {
        var reading = ImportSources.Read([new SourceFile(path, SharedSamples.Read(path))]);
        Assert.True(reading.Refusal is null, reading.Refusal?.Sentence);
        Assert.Equal(source, reading.Source!.Name);
        return reading.Imported!;
    }

    public static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time + "Z", System.Globalization.CultureInfo.InvariantCulture);
}
