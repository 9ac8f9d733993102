using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

public sealed partial class NamesTests
{
    private static readonly HashSet<string> SaysNothing = new(StringComparer.Ordinal)
    {
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Service", "Services", "Handler", "Data",
        "Info", "Base", "Impl",
    };

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Breaches.None(
        ProductTypes.Ours
            .Where(static t => Words().Matches(t.Name).Select(static m => m.Value).Any(SaysNothing.Contains))
            .Select(static t => t.FullName!));

    [Fact]
    public void Classes_are_sealed_unless_something_derives_from_them() => Breaches.None(
        ProductTypes.Ours
            .Where(static t => t is { IsClass: true, IsSealed: false, IsAbstract: false, Name: not "_Imports" }
                && !ProductTypes.Ours.Any(o => o.BaseType == t || (o.BaseType?.IsGenericType ?? false) && o.BaseType.GetGenericTypeDefinition() == t)
                && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t))
            .Select(static t => t.FullName!));

    [GeneratedRegex(@"[A-Z][a-z0-9]*", RegexOptions.None, 1_000)]
    private static partial Regex Words();
}

/// <summary>The types that people wrote, without those that the compiler made.</summary>
internal static class ProductTypes
{
    public static IReadOnlyList<Type> Ours { get; } =
    [
        .. typeof(Candor.State.World).Assembly.GetTypes().Where(static t =>
            t.Namespace?.StartsWith("Candor", StringComparison.Ordinal) == true
            && !t.FullName!.Contains('<', StringComparison.Ordinal)
            && !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            && !t.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)),
    ];
}
