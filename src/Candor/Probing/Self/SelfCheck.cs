using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Self;

/// <summary><c>{ self: disk }</c>, <c>journal</c> or <c>names</c>: Candor watching what it stands on.</summary>
internal sealed record SelfCheck([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SelfPart Part) : ICheckOptions
{
    private const long FreeDefault = 256L << 20;

    [JsonIgnore]
    public string Target => Part switch
    {
        SelfPart.Disk => "free disk space",
        SelfPart.Journal => "the journal",
        _ => "name resolution",
    };

    /// <summary>Bad when fewer bytes are free; slow below four times that.</summary>
    public long FreeBytes { get; init; }

    public static SelfCheck? Read(Entry monitor, Faults faults)
    {
        var free = monitor.Value("free", Sizes.Between(1L << 20, 1L << 50), FreeDefault, faults);
        return monitor.Required(
            "self",
            Words.Of(("disk", SelfPart.Disk), ("journal", SelfPart.Journal), ("names", SelfPart.Names)),
            faults,
            out var part)
            ? new(part) { FreeBytes = part == SelfPart.Disk ? free : 0 }
            : null;
    }
}

internal enum SelfPart
{
    Disk,
    Journal,
    Names,
}
