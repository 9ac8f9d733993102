using System.Reflection;
using System.Runtime.CompilerServices;

namespace Candor.Tests.Tidy;

/// <summary>Whatever takes time can be told to stop.</summary>
public sealed class AsyncTests
{
    private static readonly BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The exceptions, each with its reason. Whoever adds one gives a reason that a reviewer can refuse.</summary>
    private static readonly Dictionary<string, string> WithoutToken = new(StringComparer.Ordinal)
    {
        ["Lane`1.StartAsync"] = "opening a file is not left half done",
        ["Lane`1.RunAsync"] = "a job that has begun on the store's thread runs to its end; its caller checks its token before",
        ["SqliteJournalStore.StartReaderAsync"] = "as Lane",
        ["SqliteJournalStore.ReadHalvesAsync"] = "as Lane",
        ["SqliteJournalStore.CheckpointAsync"] = "as Lane",
        ["Sampler.FinishAsync"] = "runs because it was told to stop",
        ["LiveStream.RunAsync"] = "ends with its request, which it aborts itself; ten thousand registrations are saved",
        ["WrittenStream.RunAsync"] = "as LiveStream",
        ["WrittenStream.WriteAsync"] = "as LiveStream",
        ["SocketStream.RunAsync"] = "as LiveStream",
        ["SocketStream.FinishAsync"] = "as LiveStream",
        ["Catalogue.Done"] = "has its answer already",
        ["LiveStreams.SendAsync"] = "only lets others go first between two lanes",
        ["Run.PostAsync"] = "a person of the simulation, whose words end with the run",
        ["JournalAudit.WriteAsync"] = "whoever goes away has done it all the same; it ends by its own time limit",
        ["SocketThreads.LeaveAsync"] = "only changes threads",
        ["LowPriorityThreads.TurnAsync"] = "only changes threads",
        ["SocketThreads.RunElsewhere"] = "a request's work, which carries its token",
        ["Turns.AfterOthersAsync"] = "has what was read already",
        ["CommandLine.RunAsync"] = "makes the token from the process's signals",
    };

    private static IEnumerable<MethodInfo> Methods => ProductTypes.Ours
        .SelectMany(static t => t.GetMethods(Declared))
        .Where(static m => !m.Name.Contains('<', StringComparison.Ordinal)
            && !m.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    [Fact]
    public void Every_async_method_takes_a_token_and_takes_it_last() => Breaches.None(
        Methods.Where(static m => IsAwaitable(m.ReturnType) && !TakesToken(m) && !IsDictated(m))
            .Select(static m => $"{m.DeclaringType!.Name}.{m.Name}").Where(static name => !WithoutToken.ContainsKey(name)));

    [Fact]
    public void No_exception_outlives_its_method()
    {
        var names = Methods.Select(static m => $"{m.DeclaringType!.Name}.{m.Name}").ToHashSet(StringComparer.Ordinal);

        Breaches.None(WithoutToken.Keys.Where(name => !names.Contains(name)));
    }

    [Fact]
    public void Nothing_is_async_void() => Breaches.None(
        ProductTypes.Ours.SelectMany(static t => t.GetMethods(Declared))
            .Where(static m => m.ReturnType == typeof(void) && m.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
            .Select(static m => $"{m.DeclaringType!.FullName}.{m.Name}"));

    private static bool IsAwaitable(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    // A request carries its token, and so does an attempt to probe: whoever takes those takes it.
    private static bool TakesToken(MethodInfo method) => method.GetParameters() is { Length: > 0 } parameters
        && (parameters[^1].ParameterType == typeof(CancellationToken)
            || Array.Exists(parameters, static p => Array.Exists(
                p.ParameterType.GetProperties(), static own => own.PropertyType == typeof(CancellationToken))));

    // Disposal cannot be cancelled, properties are no methods, and a signature that the framework dictates is not ours.
    private static bool IsDictated(MethodInfo method) =>
        method.IsSpecialName || typeof(Delegate).IsAssignableFrom(method.DeclaringType) || method.Name is "DisposeAsync" || method.Name.EndsWith(".DisposeAsync", StringComparison.Ordinal)
        || method.GetBaseDefinition().DeclaringType!.Assembly != method.DeclaringType!.Assembly
        || method.DeclaringType.GetInterfaces().Where(static i => i.Assembly != typeof(Candor.State.World).Assembly)
            .Any(i => !method.DeclaringType.IsInterface
                && Array.IndexOf(method.DeclaringType.GetInterfaceMap(i).TargetMethods, method) >= 0);
}
