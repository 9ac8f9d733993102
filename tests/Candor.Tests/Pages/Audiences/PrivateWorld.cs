using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Tests.Pages.Audiences;

/// <summary>The made-up page with things on it that are not for everybody. What must not be seen has a word of its own in it.</summary>
internal static class PrivateWorld
{
    public static readonly DateTimeOffset Start = MadeUpWorld.Start;

    /// <summary>A word for each secret, and the audiences that may read it.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Secrets = new Dictionary<string, string[]>
    {
        ["vaultword"] = ["staff"],
        ["ledgerword"] = ["customers"],
        ["sharedword"] = ["staff", "customers"],
        ["formerword"] = ["staff"],
        ["ownword"] = ["customers"],
    };

    private static readonly ComponentId Vault = new("vaultword000");
    private static readonly ComponentId Ledger = new("ledgerword00");
    private static readonly ComponentId Shared = new("sharedword00");
    private static readonly ComponentId Former = new("formerword00");

    public static World Made() => MadeUpWorld.Well().After(Facts());

    public static IEnumerable<Event> Facts()
    {
        var page = new Page("heroncopier0", "Heron Copier", "UTC") { Url = "https://status.example.com", Audiences = ["customers", "staff"] };
        var group = new ComponentId("groupvaultwo");
        IEnumerable<Event> facts =
        [
            new PageConfigured(Start, page),
            new ComponentAdded(Start, new(group, "Group of vaultword", null, 8) { OnlyFor = ["staff"] }),
            .. Hidden(Vault, "vaultword", group, ["staff"]),
            .. Hidden(Ledger, "ledgerword", null, ["customers"]),
            .. Hidden(Shared, "sharedword", MadeUpWorld.Frontend, ["customers", "staff"]),
            .. Hidden(Former, "formerword", null, ["staff"]),
            .. Told("vaultword", Vault), .. Told("ledgerword", Ledger), .. Told("sharedword", Shared), .. Told("formerword", Former),
            MadeUpWorld.Opened("ownword00000", Start.AddMinutes(3), "About ownword") with { OnlyFor = ["customers"] },
            MadeUpWorld.Opened("bothpublic00", Start.AddMinutes(4), "Homepage is away", MadeUpWorld.Homepage, Vault),
            MadeUpWorld.Opened("everybody000", Start.AddMinutes(5), "Something for everybody"),
            Planned("vaultword", Vault), Planned("ledgerword", Ledger), Planned("sharedword", Shared),
            new ComponentRemoved(Start.AddMinutes(6), Former),
        ];
        return facts;
    }

    private static IEnumerable<Event> Hidden(ComponentId id, string word, ComponentId? parent, string[] readers) =>
        MadeUpWorld.Watched(id, word, parent, 9).Select(fact => fact is ComponentAdded added
            ? new ComponentAdded(added.At, added.Component with { OnlyFor = [.. readers], Description = $"All about {word}" })
            : fact);

    private static IEnumerable<Event> Told(string word, ComponentId component) =>
    [
        MadeUpWorld.Opened($"i{word}".PadRight(12, '0'), Start.AddMinutes(1), $"Trouble with {word}", component),
        MadeUpWorld.Opened($"o{word}".PadRight(12, '0'), Start.AddDays(-9), $"Old trouble with {word}", component) with { Status = IncidentStatus.Resolved },
        .. MadeUpWorld.Down(component, Start.AddMinutes(1), $"{word} refused"),
    ];

    private static MaintenanceScheduled Planned(string word, ComponentId component) => new(
        Start.AddMinutes(2), new($"m{word}".PadRight(12, '0')),
        new($"Work on {word}", Start.AddDays(1), Start.AddDays(1).AddHours(1), [component]), $"We renew {word}.", new("person:ada000000000"));
}
