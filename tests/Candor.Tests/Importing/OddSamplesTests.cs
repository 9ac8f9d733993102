using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Importing;
using Candor.Importing.Reading;
using Candor.Tests.Importing.Entering;

namespace Candor.Tests.Importing;

/// <summary>
/// Recordings of real pages with something wrong in them: a member gone, null or of another type everywhere, words that
/// nobody knows, ten times as much. Each is read and entered or refused with a sentence; none throws.
/// </summary>
public sealed class OddSamplesTests
{
    private const int BytesMax = 60_000;
    private const string Odd = "zz_odd_word";

    public static TheoryData<string> Samples => SharedSamples.Missing ? [""] :
    [
        .. Directory.EnumerateFiles(SharedSamples.Folder!, "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SharedSamples.Folder!, path))
            .Where(path => SharedSamples.Read(path).Length <= BytesMax && ImportSources.Detect(new(path, SharedSamples.Read(path))) is not null)
            .Order(StringComparer.Ordinal),
    ];

    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [MemberData(nameof(Samples))]
    public void A_member_that_is_gone_null_or_of_another_type_hurts_nothing(string path)
    {
        var bytes = SharedSamples.Read(path);
        var source = ImportSources.Detect(new(path, bytes))!;
        foreach (var name in NamesIn(JsonNode.Parse(bytes), []))
        {
            foreach (var change in (Func<JsonNode?>[])[() => null, () => 7, () => new JsonArray("a", null, 3), () => new JsonObject { ["x"] = null }, () => "", () => "9999-99-99T99:99:99Z"])
            {
                Enters(source, path, Changed(bytes, name, _ => change()));
            }

            Enters(source, path, Without(bytes, name));
        }
    }

    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [InlineData("statuspage/netlify-summary-2025-02-18.json", "status")]
    [InlineData("statuspage/netlify-summary-2025-02-18.json", "impact")]
    [InlineData("incidentio/openai-compat-incidents-2026-08-27-excerpt-a.json", "status")]
    [InlineData("incidentio/planetscale-proxy-incidents-2023-05.json", "to_status")]
    [InlineData("instatus/instatus-own-summary-2025-10.json", "impact")]
    [InlineData("betterstack/betterstack-index-2026-09-07-trimmed.json", "aggregate_state")]
    [InlineData("cachet/demo-v1-incidents.json", "status")]
    [InlineData("upptime/concat-lab-history-summary-2026-02-23.json", "status")]
    public void A_word_that_nobody_knows_is_named(string path, string member)
    {
        var bytes = SharedSamples.Read(path);
        var reading = ImportSources.Read([new SourceFile(path, Changed(bytes, member, before => before is JsonValue ? Odd : before?.DeepClone()))], ImportSources.Detect(new(path, bytes)));

        Assert.Contains(reading.Imported!.Warnings, warning => warning.What.Contains(Odd, StringComparison.Ordinal));
    }

    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [MemberData(nameof(Samples))]
    public void What_the_recordings_say_is_known(string path)
    {
        var reading = ImportSources.Read([new SourceFile(path, SharedSamples.Read(path))]);

        Assert.DoesNotContain(reading.Imported!.Warnings, warning => warning.What.Contains("unknown word", StringComparison.Ordinal));
    }

    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [MemberData(nameof(Samples))]
    public void Ten_times_as_much_is_read_whole(string path)
    {
        var bytes = SharedSamples.Read(path);
        var (source, before) = (ImportSources.Detect(new(path, bytes))!, ImportSources.Read([new SourceFile(path, bytes)]).Imported!);
        var reading = ImportSources.Read([new SourceFile(path, TenTimes(bytes))], source);

        Assert.True(reading.Imported!.Incidents.Length >= before.Incidents.Length, "Incidents were lost.");
        Assert.True(reading.Imported.Components.Length >= before.Components.Length, "Components were lost.");
        new EnteringRig(Pages.MadeUpWorld.Well()).Enter(source.Name, reading.Imported);
    }

    private static void Enters(IImportSource source, string path, byte[] bytes)
    {
        var reading = ImportSources.Read([new SourceFile(path, bytes)], source);
        if (reading.Imported is not { } content)
        {
            Assert.NotEmpty(reading.Refusal!.Sentence);
            return;
        }

        var (told, _) = new EnteringRig(Pages.MadeUpWorld.Well()).Enter(source.Name, content);
        Assert.All(told.Steps.Where(step => step.Act == Candor.Importing.Entering.ImportAct.LeftOut), step => Assert.NotEmpty(step.Why! + step.Remedy!));
    }

    private static HashSet<string> NamesIn(JsonNode? node, HashSet<string> names)
    {
        foreach (var child in node is JsonObject members ? members.Select(member => (member.Key, member.Value))
            : node is JsonArray items ? items.Select(item => ("", item)) : [])
        {
            if (child.Item1.Length > 0)
            {
                names.Add(child.Item1);
            }

            NamesIn(child.Item2, names);
        }

        return names;
    }

    private static byte[] Changed(byte[] bytes, string name, Func<JsonNode?, JsonNode?> to) => Edited(bytes, members =>
    {
        if (members.TryGetPropertyValue(name, out var before))
        {
            members[name] = to(before);
        }
    });

    private static byte[] Without(byte[] bytes, string name) => Edited(bytes, members => members.Remove(name));

    private static byte[] Edited(byte[] bytes, Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(bytes);
        Walk(root);
        return JsonSerializer.SerializeToUtf8Bytes(root);

        void Walk(JsonNode? node)
        {
            if (node is JsonObject members)
            {
                edit(members);
            }

            foreach (var child in node is JsonObject whole ? [.. whole.Select(member => member.Value)] : node is JsonArray items ? items.ToList() : [])
            {
                Walk(child);
            }
        }
    }

    /// <summary>Every list of objects ten times over, each copy with ids of its own.</summary>
    private static byte[] TenTimes(byte[] bytes)
    {
        var root = JsonNode.Parse(bytes);
        foreach (var list in (root is JsonObject members ? members.Select(member => member.Value) : [root]).OfType<JsonArray>().ToList())
        {
            foreach (var item in list.OfType<JsonObject>().ToList())
            {
                for (var copy = 1; copy < 10; copy++)
                {
                    var twin = item.DeepClone().AsObject();
                    if (twin["id"]?.GetValueKind() == JsonValueKind.String)
                    {
                        twin["id"] = $"{twin["id"]}-{copy}";
                    }

                    list.Add(twin);
                }
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }
}
