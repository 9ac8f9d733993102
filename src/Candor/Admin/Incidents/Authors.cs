using Candor.Access;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>Names for those whom the journal knows by an id alone.</summary>
internal sealed class Authors(Roster roster)
{
    public string NameOf(Actor? actor) => actor is not { } by ? "Candor" : by.Kind switch
    {
        "person" => roster.People.TryGetValue(new(IdOf(by)), out var person) ? person.Name : "somebody who has left",
        "token" => roster.Tokens.TryGetValue(new(IdOf(by)), out var token) ? $"the token {token.Name}" : "a token since removed",
        "shell" => "the shell of the server",
        "import" => "an import",
        _ => "Candor",
    };

    private static string IdOf(Actor actor) => actor.Value.Split(':', 2)[1];
}
