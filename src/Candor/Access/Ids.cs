using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Access;

/// <summary>12 lower-case letters and digits, random. Facts name people by it and by nothing else.</summary>
[JsonConverter(typeof(IdConverter<PersonId>))]
internal readonly record struct PersonId(string Value) : IId<PersonId>
{
    public static PersonId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>The public part of a token: it may be shown, logged and written into facts.</summary>
[JsonConverter(typeof(IdConverter<TokenId>))]
internal readonly record struct TokenId(string Value) : IId<TokenId>
{
    public static TokenId From(string value) => new(value);

    public override string ToString() => Value;
}
