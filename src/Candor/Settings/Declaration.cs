using System.Collections.Immutable;
using Candor.Settings.Plans;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// What the owner declares, checked and complete: every default is filled in. The first four become facts in the
/// journal by way of a <see cref="Plan"/>; the notices, the ways in of audiences and who is told that this Candor is
/// alive hold secrets, serving and reading back are about this machine; these never do.
/// </summary>
internal sealed record Declaration(Page Page, Policy Policy)
{
    /// <summary>Parents come before their children.</summary>
    public ImmutableArray<ComponentDefinition> Components { get; init; } = [];

    public ImmutableArray<MonitorDefinition> Monitors { get; init; } = [];

    public NoticeSettings Notices { get; init; } = new();

    public ServingSettings Serving { get; init; } = new();

    public ReadBackSettings ReadBack { get; init; } = new();

    public AliveSettings Alive { get; init; } = new();

    public ImmutableArray<AudienceSettings> Audiences { get; init; } = [];

    public OidcSettings? Oidc { get; init; }

    /// <summary>Nothing is wrong, but the owner would want to know: whole sentences.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
