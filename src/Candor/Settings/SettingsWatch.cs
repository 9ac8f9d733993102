using System.Security.Cryptography;
using Candor.Journal;
using Candor.Settings.Entries;
using Candor.Settings.Plans;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Settings;

/// <summary>
/// Reads the settings file when it changes and commits what has to change because of it. A file with faults changes
/// nothing: what ran goes on, and the problem is shown until the file is right again.
/// </summary>
internal sealed class SettingsWatch(
    SettingsPlace place, SettingsReader reader, Journal<World, Event> journal, SelfLog self, TimeProvider time, ILogger logger)
{
    private const string Key = "settings";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Some editors and copies leave size and time as they were, so the content is compared now and then as well.</summary>
    private const int LooksPerReading = 30;

    private (DateTimeOffset WrittenAt, long Bytes)? seen;
    private int looks;
    private bool isPending = true;

    /// <summary>A commit failed, and may have been stored all the same: what is in force may not be what was handled last.</summary>
    private bool isUncertain;
    private volatile string? handled;
    private volatile SettingsProblem? problem;
    private volatile Declaration? current;

    /// <summary>What is wrong with the file that is there now, or null.</summary>
    public SettingsProblem? Problem => problem;

    /// <summary>What runs, with what the journal does not hold (notices); null until a file, or its absence, has been accepted.</summary>
    public Declaration? Current => current;

    /// <summary>The content that is in force, as a mark; null before the first one.</summary>
    public string? Handled => handled;

    /// <summary>Hears of every file that is accepted, for what the journal does not hold.</summary>
    public Action<Declaration> Accepted { get; init; } = static _ => { };

    /// <summary>Two files with the same mark say the same.</summary>
    public static string MarkOf(byte[]? file) => file is null ? "absent" : Convert.ToHexString(SHA256.HashData(file));

    /// <summary>Looks every two seconds until stopped. The owner looks once before this, so that a start is complete.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stopping);
            try
            {
                await LookAsync(stopping);
            }
            catch (Exception fault) when (fault is JournalFailedException or IOException)
            {
                // Said already, by the journal or above. A pause that grew would outlive the fault, and a file that is right for
                // a moment only, between one edit and the next, would never be read.
            }
        }
    }

    /// <summary>Looks once, and acts where the file has changed and lies still. Throws where the journal cannot be written.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (!Look(out var file))
        {
            return;
        }

        var content = MarkOf(file);
        if (content != handled || isUncertain)
        {
            isUncertain = true;
            await HandleAsync(file, cancellation);
            (handled, isUncertain) = (content, false);
        }

        isPending = false;
    }

    /// <summary>True where the content should be compared; null is a file that is not there.</summary>
    private bool Look(out byte[]? file)
    {
        file = null;
        try
        {
            var (before, isFirst) = (seen, looks++ == 0);
            seen = place.Disk.Stat(place.Path);
            if (seen != before && !isFirst)
            {
                // What was just written may be half of it, so it has to look the same twice.
                isPending = true;
                return false;
            }

            var isWanted = isPending || looks % LooksPerReading == 0;
            file = isWanted && seen is not null ? place.Disk.Read(place.Path, Yaml.BytesMax) : null;
            return isWanted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            (handled, isPending) = (null, true);
            Report($"{place.Name} cannot be read: {fault.Message}", []);
            return false;
        }
    }

    private async Task HandleAsync(byte[]? file, CancellationToken cancellation)
    {
        if (file is null && (current is not null || !IsUnconfigured(journal.State)))
        {
            Report($"{place.Name} is gone; what it said last stays in force.", []);
            return;
        }

        var answer = file is null ? new(FirstRun.Declare(reader), []) : reader.Read(file);
        if (answer.Declaration is not { } declaration)
        {
            var count = answer.Faults.Count == 1 ? "a fault" : $"{answer.Faults.Count} faults";
            Report($"{place.Name} has {count}; the settings before it stay in force.", answer.Faults);
            return;
        }

        await CommitAsync(declaration, cancellation);
    }

    private async Task CommitAsync(Declaration declaration, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        Plan? plan = null;
        var outcome = await journal.CommitAsync(
            world =>
            {
                plan = Plan.Between(world, declaration, at);
                return plan.Events.ToArray();
            },
            CommitClass.Essential,
            cancellation);
        if (outcome.Refusal is { } refusal)
        {
            Report($"{place.Name} is right but could not be stored: {refusal.Sentence}", []);
            throw new IOException(refusal.Sentence);
        }

        current = declaration;
        Accepted(declaration);
        problem = null;
        self.Clear(Key);
        if (declaration.Page.FirstRun)
        {
            SettingsLog.FirstRun(logger, place.Name);
        }
        else
        {
            SettingsLog.Applied(logger, place.Name, PlanText.Sum(plan!));
        }
    }

    private void Report(string sentence, IReadOnlyList<Fault> faults)
    {
        var isNews = problem?.Sentence != sentence || !faults.SequenceEqual(problem.Faults);
        problem = new(problem?.Since ?? time.GetUtcNow(), sentence, faults);
        var detail = faults.Count == 0 ? sentence : $"{sentence} The first: {faults[0]}. “candor check -f {place.Name}” shows all.";
        self.Raise(Key, Gravity.Private, "The newest settings cannot be used; the ones before them stay in force.", detail);
        if (isNews)
        {
            SettingsLog.Refused(logger, detail);
        }
    }

    private static bool IsUnconfigured(World world) => world.Page.FirstRun || world is { Monitors.IsEmpty: true, Components.IsEmpty: true };
}
