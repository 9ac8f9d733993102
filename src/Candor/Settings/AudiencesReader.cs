using System.Collections.Immutable;
using System.Net;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>audiences:</c>, and every <c>only_for:</c> that names some of them.</summary>
internal sealed class AudiencesReader(Faults faults)
{
    /// <summary>Each is a rendering of its own of everything.</summary>
    private const int AudiencesMax = 16;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => names;

    public ImmutableArray<AudienceSettings> Read(Entry root)
    {
        if (root.Map("audiences", faults) is not { } audiences)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<AudienceSettings>();
        foreach (var member in audiences.Members(faults))
        {
            if (names.Count == AudiencesMax)
            {
                faults.Add(member.Wrong($"is one more than {AudiencesMax} audiences", "let some of them share one"));
                break;
            }

            if (!IsName(member.Key))
            {
                faults.Add(member.Wrong("is no name of an audience", "write up to 32 lower-case letters, digits or “-”, beginning with a letter"));
            }

            names.Add(member.Key);
            if (member.Entry.MustBeMap(faults))
            {
                found.Add(ReadOne(member.Key, member.Entry));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The audiences under <c>only_for</c>, sorted; those above where nothing is written.</summary>
    /// <param name="above">Who sees what it stands in; empty: everybody.</param>
    public ImmutableArray<string> OnlyFor(Entry entry, ImmutableArray<string> above)
    {
        var named = entry.List<string>("only_for", Ids.Read, faults);
        if (entry.Find("only_for") is not { } written)
        {
            return above;
        }

        if (written is { Shape: Shape.List, Count: 0 })
        {
            faults.Add(written, "names nobody", "name audiences, or leave it out for everybody");
        }

        foreach (var name in named)
        {
            if (!names.Contains(name))
            {
                faults.Add(written, $"names “{name}”, which is no audience", names.Count == 0
                    ? $"describe it: “audiences:” with “{name}:” below it"
                    : $"known are {string.Join(", ", names.Order(StringComparer.Ordinal))}");
            }
            else if (!above.IsEmpty && !above.Contains(name))
            {
                faults.Add(written, $"names “{name}”, who cannot see what it stands in", $"write some of {string.Join(", ", above)}, or add “{name}” there");
            }
        }

        return [.. named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private AudienceSettings ReadOne(string name, Entry entry)
    {
        var audience = new AudienceSettings(name)
        {
            Addresses = [.. entry.List<IPNetwork>("addresses", ReadAddress, faults).Distinct()],
            Members = entry.Value("members", Booleans.Read, fallback: false, faults),
            Links = entry.Value("links", Booleans.Read, fallback: false, faults),
            Password = entry.Value<Secret?>("password", Secret.ReadReference!, null, faults),
        };
        if (!entry.Has("addresses") && !entry.Has("password") && audience is { Members: false, Links: false })
        {
            faults.Add(entry, "has no way in", "add “members: true”, “links: true”, “password: $NAME” or “addresses: [10.0.0.0/8]”");
        }

        return audience;
    }

    /// <summary>A network of everybody would be no audience.</summary>
    private static string? ReadAddress(string text, out IPNetwork value) =>
        Cidrs.Read(text, out value) ?? (value.PrefixLength == 0 ? "name a network that not everybody is in, such as 10.0.0.0/8" : null);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 32 && char.IsAsciiLetterLower(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
