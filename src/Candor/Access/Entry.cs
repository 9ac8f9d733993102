using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Access.Agents;
using Candor.Access.Reading;

namespace Candor.Access;

/// <summary>One row of people.db. The kinds are storage format: add, never rename.</summary>
internal abstract record Entry
{
    /// <summary>The names of the kinds, by type.</summary>
    public static readonly ImmutableArray<(string Kind, Type Type)> Kinds =
    [
        ("person", typeof(Person)), ("session", typeof(Session)), ("token", typeof(ApiToken)), ("invitation", typeof(Invitation)),
        ("reader_session", typeof(ReaderSession)), ("reader_link", typeof(ReaderLink)), ("member", typeof(Member)),
        ("agent", typeof(Agent)),
    ];

    /// <summary>Tells it from others of its kind.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    [JsonIgnore]
    public string Kind => Kinds.First(kind => kind.Type == GetType()).Kind;
}
