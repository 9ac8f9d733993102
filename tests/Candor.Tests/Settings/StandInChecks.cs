using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Candor.Settings;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Tests.Settings;

/// <summary>Kinds of check as simple as can be, so that tests of the settings do not depend on probes.</summary>
internal static class StandInChecks
{
    public static readonly IReadOnlyList<ICheckReader> All =
    [
        new OfText("http"), new OfText("tcp"), new OfText("tls"), new OfText("dns"), new OfText("icmp"),
        new OfText("smtp", "starttls"), new OfText("heartbeat"), new OfText("command"), new OfText("self"),
    ];

    private sealed class OfText(string key, params string[] options) : ICheckReader
    {
        public string Key => key;

        public Check? Read(Entry monitor, Faults faults)
        {
            var values = options.ToDictionary(
                option => option, option => monitor.Value<string?>(option, Texts.UpTo(50)!, null, faults));
            return monitor.Required<string>(key, Texts.UpTo(200), faults, out var target)
                ? new Check(key, target, JsonSerializer.Serialize(values))
                : null;
        }
    }
}
