using System.Collections.Immutable;
using Candor.Probing.Http;
using Candor.Settings;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.WriteRead;

internal sealed partial record WriteReadCheck
{
    /// <summary>A value and what stands around it, not somebody's data.</summary>
    private const int SendMax = 4_096;

    private static readonly string[] Methods = ["PUT", "POST", "PATCH"];

    /// <summary><c>write_read: https://…</c> and the keys beside it.</summary>
    public static WriteReadCheck? Read(Entry monitor, Faults faults)
    {
        var expect = monitor.Map("expect", faults);
        var certificate = monitor.Map("certificate", faults);
        var check = new WriteReadCheck("")
        {
            Method = monitor.Value<string?>("method", Words.Of(Methods)!, null, faults),
            Headers = HttpCheck.Lines(monitor, "headers", HttpCheck.HeaderName, HttpCheck.SecretText!, faults),
            User = monitor.Value<string?>("user", Texts.UpTo(200)!, null, faults),
            Password = monitor.Value<string?>("password", Secret.ReadWritten, null, faults),
            Send = monitor.Value<string?>("send", Texts.LinesUpTo(SendMax)!, null, faults),
            Status = expect?.Value<StatusRanges?>("status", StatusRanges.Read!, null, faults)?.Written,
            Origin = monitor.Value<string?>("origin", HttpCheck.OriginForm, null, faults),
            SkipVerify = certificate is not null && !certificate.Value("verify", Booleans.Read, true, faults),
            Within = Probing.Within.Read(expect, faults),
        };
        var read = ReadBackOf(monitor, faults);
        if (!monitor.Required<string>("write_read", HttpCheck.WebUrl, faults, out var url))
        {
            return null;
        }

        check = check with { Url = url };
        if (check.Send is not null && !HoldsValue(check.Send) && !WrittenValue.IsInAddress(url))
        {
            faults.Add(monitor.Find("send")!, "does not hold {value}", "write {value} where the value goes, as in '{\"note\": \"{value}\"}'");
        }

        if (WrittenValue.IsInAddress(read.Url ?? url) && read is { Json: null, Body: null })
        {
            faults.Add(monitor.Find("read")?.Find("address") ?? monitor.Find("write_read")!, "holds {value}, and a page that only repeats its address would count as having it",
                "say where the value stands: read.json, or read.body with a text around it");
        }

        return check with { Back = IsSameSite(read.Url ?? url, url) ? AsTheWrite(read, check) : read };
    }

    private static ReadBack ReadBackOf(Entry monitor, Faults faults)
    {
        if (monitor.Map("read", faults) is not { } entry)
        {
            return new();
        }

        var read = new ReadBack
        {
            Url = entry.Value<string?>("address", HttpCheck.WebUrl, null, faults),
            Headers = HttpCheck.Lines(entry, "headers", HttpCheck.HeaderName, HttpCheck.SecretText!, faults),
            User = entry.Value<string?>("user", Texts.UpTo(200)!, null, faults),
            Password = entry.Value<string?>("password", Secret.ReadWritten, null, faults),
            Json = entry.Value<string?>("json", JsonForm, null, faults),
            Body = entry.Value<string?>("body", Texts.LinesUpTo(1_000)!, null, faults),
            PastCache = entry.Value("past_cache", Booleans.Read, false, faults),
            Origin = entry.Value<string?>("origin", HttpCheck.OriginForm, null, faults),
            Within = entry.Find("within") is { } within
                && within.Read(Durations.Between(TimeSpan.FromMilliseconds(100), Defaults.TimeoutMost), faults, out var time) ? time : null,
        };
        if (read.Body is not null && !HoldsValue(read.Body))
        {
            faults.Add(entry.Find("body")!, "does not hold {value}", "write {value} where the value must stand, or leave it out");
        }

        if (read.Body?.Trim() == WrittenValue.Placeholder)
        {
            faults.Add(entry.Find("body")!, "is {value} alone", "leave it out, or write the text around it too");
        }

        if (read is { Body: not null, Json: not null })
        {
            faults.Add(entry.Find("body")!, "is a second way to find the value beside “json”", "keep one of the two");
        }

        if (read.Within > TimeoutOf(monitor))
        {
            faults.Add(entry.Find("within")!, $"is “{Quote.Short(entry.Find("within")!.Text)}”, longer than the whole look may take ({Durations.Write(TimeoutOf(monitor))})",
                "write a longer timeout, or a shorter time here");
        }

        return read;
    }

    /// <summary>As the monitor's reader reads it; a fault in it is told there.</summary>
    private static TimeSpan TimeoutOf(Entry monitor)
    {
        var every = monitor.Find("every") is { } often && Durations.Read(often.Text, out var written) is null ? written : Defaults.Every;
        return monitor.Find("timeout") is { } entry && Durations.Read(entry.Text, out var timeout) is null ? timeout
            : Defaults.Timeout < every ? Defaults.Timeout : every;
    }

    /// <summary>What opens the door for writing opens it for reading, at the same server and nowhere else.</summary>
    private static ReadBack AsTheWrite(ReadBack read, WriteReadCheck write) => read with
    {
        Headers = !read.Headers.IsDefault ? read.Headers : Some(write.Headers.OrEmpty().Where(static header => !IsOfABody(header.Name))),
        User = read.User ?? write.User,
        Password = read.User is null ? read.Password ?? write.Password : read.Password,
    };

    private static ImmutableArray<HeaderLine> Some(IEnumerable<HeaderLine> headers)
    {
        ImmutableArray<HeaderLine> some = [.. headers];
        return some.IsEmpty ? default : some;
    }

    private static bool IsOfABody(string header) => header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Expires", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Allow", StringComparison.OrdinalIgnoreCase);

    private static bool IsSameSite(string a, string b) => HttpRequests.SameOrigin(new(a), new(b));

    private static bool HoldsValue(string text) => text.Contains(WrittenValue.Placeholder, StringComparison.Ordinal);

    private static string? JsonForm(string text, out string? value)
    {
        value = text;
        return HttpCheck.Path(text);
    }
}
