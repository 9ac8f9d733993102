using System.Globalization;

namespace Candor.Notices.Channels.Email;

/// <summary>What a server says that it can do (EHLO).</summary>
internal sealed record SmtpFeatures
{
    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool EightBit { get; private init; }

    public bool Utf8 { get; private init; }

    /// <summary>Bytes that it takes, null where it does not say, 0 where it takes any number.</summary>
    public long? Size { get; private init; }

    public bool Plain { get; private init; }

    public bool Login { get; private init; }

    /// <param name="lines">All lines of the reply; the first one is the server's name.</param>
    public static SmtpFeatures Read(IEnumerable<string> lines)
    {
        var all = new SmtpFeatures();
        foreach (var line in lines.Skip(1))
        {
            var words = line.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            all = words switch
            {
                ["STARTTLS"] => all with { StartTls = true },
                ["PIPELINING"] => all with { Pipelining = true },
                ["8BITMIME"] => all with { EightBit = true },
                ["SMTPUTF8"] => all with { Utf8 = true },
                ["SIZE", var most] when long.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) =>
                    all with { Size = bytes },
                ["SIZE"] => all with { Size = 0 },
                ["AUTH", .. var ways] => all with { Plain = ways.Contains("PLAIN"), Login = ways.Contains("LOGIN") },
                _ => all,
            };
        }

        return all;
    }
}
