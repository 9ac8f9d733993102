using Candor.Access;
using Microsoft.AspNetCore.Components;

namespace Candor.Admin;

/// <summary>One page for operators, ready to be put into its frame.</summary>
/// <param name="Content">Given the view itself, for the form's token.</param>
internal sealed record AdminView(string Title, Func<AdminView, RenderFragment> Body)
{
    public string Path { get; init; } = "";

    public PersonPrincipal? Who { get; init; }

    /// <summary>What forms of this session carry, or nothing before there is one.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>What was wrong with what was sent, in a sentence.</summary>
    public string? Fault { get; init; }

    public bool NeedsScript { get; init; }

    public RenderFragment Content => Body(this);
}
