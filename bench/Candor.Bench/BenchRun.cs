using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Candor.Bench;

/// <summary>Runs the benches that were asked for one after another, prints one table and writes the JSON.</summary>
internal static class BenchRun
{
    /// <summary>In two forms the longest of them takes 25 minutes; one that hangs ends.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    private delegate Task<IReadOnlyList<Figure>> Bench(CancellationToken cancellation);

    private delegate Task<IReadOnlyList<Figure>> BenchOfForms(IReadOnlyList<Executable> forms, CancellationToken cancellation);

    public static async Task<int> RunAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        Executable[] forms = names.Contains("--released") ? [Executable.Built(), Executable.Released()] : [Executable.Built()];
        names = [.. names.Where(static name => name != "--released")];
        var all = All(forms);
        if (names is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(
                $"""
                ./candor-bench [--released] [names...] measures what Candor promises; without names, all of it.
                  --released   agents, idle, outpost, start and told also with what ./release has made, after the build from the sources
                There are: {string.Join(", ", all.Keys)}.
                """);
            return 0;
        }

        // As the figures spell them, decide_to_page, is right too.
        names = [.. names.Select(static name => name.Replace("_", "", StringComparison.Ordinal))];
        var unknown = names.Where(n => !all.ContainsKey(n)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"No bench is called {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Keys)}.");
            return 2;
        }

        var machine = Machine.Describe();
        await Console.Out.WriteLineAsync(machine.ToString());
        var figures = new List<Figure>();
        var failed = new List<string>();
        foreach (var name in names.Count > 0 ? names : [.. all.Keys])
        {
            await Console.Error.WriteAsync($"{name} … ");
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                deadline.CancelAfter(Longest);
                figures.AddRange(await all[name](deadline.Token));
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                failed.Add(name);
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{took:0.0} s"));
        }

        await Console.Out.WriteAsync(FigureTable.Of(figures));
        var file = await FigureFile.WriteAsync(machine, figures, failed, cancellation);
        await Console.Out.WriteLineAsync($"Written to {file}.{(failed.Count > 0 ? $" FAILED: {string.Join(", ", failed)}." : "")}");
        return failed.Count > 0 ? 1 : 0;
    }

    private static SortedDictionary<string, Bench> All(IReadOnlyList<Executable> forms)
    {
        var found = new SortedDictionary<string, Bench>(StringComparer.Ordinal);
        foreach (var type in typeof(BenchRun).Assembly.GetTypes()
            .Where(static t => t.Name.EndsWith("Bench", StringComparison.Ordinal)))
        {
            if (type.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static, [typeof(CancellationToken)]) is { } run)
            {
                found[type.Name[..^"Bench".Length].ToLowerInvariant()] = run.CreateDelegate<Bench>();
            }
            else if (type.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static, [typeof(IReadOnlyList<Executable>), typeof(CancellationToken)]) is { } runForms)
            {
                var bench = runForms.CreateDelegate<BenchOfForms>();
                found[type.Name[..^"Bench".Length].ToLowerInvariant()] = cancellation => bench(forms, cancellation);
            }
        }

        return found;
    }
}
