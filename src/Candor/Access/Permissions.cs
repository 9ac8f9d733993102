using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Access;

/// <summary>Who may do what. Pure: role, scope and reach in, null or the reason against it out.</summary>
internal static class Permissions
{
    /// <summary>Null where it is allowed as far as the act alone goes; what it touches is asked with the next method.</summary>
    public static Refusal? Against(Principal who, Act act)
    {
        var rule = ActRule.Of(act);
        return AgainstKind(who, rule)
            ?? (rule.IsWhole && who.Reach.IsLimited
                ? new("access.components", "This touches the whole page, and your access is limited to some components. Ask an owner.")
                : null);
    }

    /// <summary>The same for an act that touches components; whoever is limited has to name theirs.</summary>
    public static Refusal? Against(Principal who, Act act, IReadOnlyCollection<ComponentId> touched, World world)
    {
        if (Against(who, act) is { } against)
        {
            return against;
        }

        if (!who.Reach.IsLimited)
        {
            return null;
        }

        return touched.Count == 0
            ? new("access.components", "Your access is limited to some components: name the ones that this is about.", "components")
            : touched.Where(component => !who.Reach.Covers(component, world)).Select(static c => (ComponentId?)c).FirstOrDefault() is { } beyond
                ? new("access.components", $"Component {beyond} is not among those you may touch. Ask an owner.", "components")
                : null;
    }

    private static Refusal? AgainstKind(Principal who, ActRule rule) => who switch
    {
        PersonPrincipal person when person.Role >= rule.Least => null,
        PersonPrincipal person => new("access.role", $"{Word(rule.Least)} may do this; you are {Word(person.Role).ToLowerInvariant()}. Ask an owner."),
        TokenPrincipal when rule.Scope is null => new("access.person_only", "No token may do this. Sign in as a person."),
        TokenPrincipal token when token.Scope >= rule.Scope => null,
        TokenPrincipal token => new(
            "access.scope",
            $"This takes a token with --scope {Word(rule.Scope!.Value)}; this one has {Word(token.Scope)}. `candor token create` makes one."),
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, "Neither a person nor a token."),
    };

    private static string Word(Role role) => role switch
    {
        Role.Viewer => "A viewer",
        Role.Responder => "A responder",
        Role.Editor => "An editor",
        _ => "An owner",
    };

    private static string Word(TokenScope scope) => scope switch
    {
        TokenScope.Read => "read",
        TokenScope.Post => "post",
        _ => "admin",
    };
}
