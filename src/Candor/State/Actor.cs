using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>
/// Who did something: "person:…", "token:…", "import:…", "mirror:…". The part behind the colon is an opaque id; names
/// and addresses live elsewhere and can be erased there, which the journal could not.
/// </summary>
[JsonConverter(typeof(IdConverter<Actor>))]
internal readonly record struct Actor(string Value) : IId<Actor>
{
    /// <summary>Longest that is taken.</summary>
    public const int LimitChars = 80;

    /// <summary>Candor itself.</summary>
    public static readonly Actor Candor = new("candor:self");

    /// <summary>Whoever has a shell on the machine; the machine's own rights decide who that is.</summary>
    public static readonly Actor Shell = new("shell:local");

    /// <summary>"person", "token", "import" …: what stands before the colon.</summary>
    public string Kind => Value.Split(':', 2)[0];

    public static Actor From(string value) => new(value);

    public static Actor Person(string id) => new("person:" + id);

    public static Actor Token(string id) => new("token:" + id);

    public static Actor Import(string source) => new("import:" + source);

    /// <summary>Opaque: nothing in it can be a mail address or a name with spaces.</summary>
    public static bool IsWellFormed(Actor actor) =>
        actor.Value is { Length: > 0 and <= LimitChars } value
        && value.Split(':') is [{ Length: > 0 } kind, { Length: > 0 } id]
        && kind.All(char.IsAsciiLetterLower)
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}
