using System.Collections.Immutable;
using Candor.Importing;
using Candor.Importing.Entering;
using Candor.State;

namespace Candor.Tests.Importing.Entering;

/// <summary>A page that others' history is entered into, part by part as the command does it.</summary>
internal sealed class EnteringRig(World? world = null)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public World World { get; private set; } = world ?? World.Empty;

    /// <summary>Every fact so far.</summary>
    public List<Event> Facts { get; } = [];

    public (ImportTold Told, int Facts) Enter(string source, Imported content, string? page = null, ImmutableDictionary<string, string>? map = null)
    {
        var request = ImportRequest.Of(source, content, page) with { Components = map ?? ImmutableDictionary<string, string>.Empty };
        var (told, before) = (new ImportTold(request.Import, [], []), Facts.Count);
        foreach (var part in request.Parts())
        {
            Assert.Null(part.Fault());
            var (plan, refusal) = ImportPlan.Of(part, World, Now);
            Assert.Null(refusal);
            told = told.And(ImportTold.Of(part, plan!, World));
            Commit(plan!.Decide(Actor.Shell));
        }

        return (told, Facts.Count - before);
    }

    public void Withdraw(ImportId import) => Commit(HistoryDecisions.Withdraw(World, Now.AddMinutes(1), Actor.Shell, import));

    public void Commit(Candor.Journal.Decision<Event> decided)
    {
        Assert.Null(decided.Refusal);
        foreach (var happened in decided.Events)
        {
            // As the journal keeps it: what cannot be stored and read again is not entered.
            World = World.Fold(World, Kinds.Decode(Kinds.NameOf(happened), Kinds.Encode(happened), happened.At));
            Facts.Add(happened);
        }
    }
}
