using System.Net;
using System.Text;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Probing;
using Candor.Settings.Entries;
using Candor.State;

namespace Candor.Tests.Contracts;

/// <summary>From settings text to one look through the real guard, with this machine allowed.</summary>
internal static class Looking
{
    public static readonly EgressRules Local = EgressRules.PublicOnly with
    {
        Allow = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")],
    };

    public static ProbeTools Tools(EgressRules? rules = null)
    {
        var names = ResolverFiles.Read("", "127.0.0.1 known.test\n127.0.0.2 second.test");
        return new(new Egress(rules ?? Local, () => names, new SystemRandomness(), TimeProvider.System), TimeProvider.System, new SystemRandomness());
    }

    /// <summary>Reads <c>key: value</c> lines as a monitor.</summary>
    public static Check Read(string yaml)
    {
        var faults = new Faults();
        var check = TryRead(yaml, faults);
        Assert.True(check is not null && !faults.Any, string.Join('\n', faults.Sorted()));
        return check;
    }

    public static Check? TryRead(string yaml, Faults faults)
    {
        if (Yaml.Read(Encoding.UTF8.GetBytes(yaml), faults) is not { } entry)
        {
            return null;
        }

        var check = CheckKinds.All.Single(k => entry.Has(k.Key)).Read(entry, faults);
        entry.RefuseUnknown(faults);
        return check;
    }

    /// <summary>A machine that stands still for some seconds is no finding; what is about a timeout has one of its own.</summary>
    public static async Task<Finding> LookAsync(string yaml, double seconds = 30, ProbeTools? tools = null) =>
        await CheckKinds.Open(Read(yaml), tools ?? Tools())
            .LookAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
}
