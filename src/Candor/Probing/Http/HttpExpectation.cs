using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Effects;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Probing.Http;

/// <summary>What the owner expects of an answer, prepared once.</summary>
internal sealed class HttpExpectation
{
    public const int BodyBytesMax = 1024 * 1024;
    private readonly HttpCheck check;
    private readonly StatusRanges status;
    private readonly BodyPattern? pattern;
    private readonly (string Written, JsonPath Path, string Value)[] json;

    public HttpExpectation(HttpCheck check)
    {
        this.check = check;
        if (StatusRanges.Read(check.Status ?? "200-399", out status) is { } remedy)
        {
            throw new JsonException(remedy);
        }

        pattern = check.BodyMatches is null ? null : new(check.BodyMatches);
        json =
        [
            .. check.Json.OrEmpty().Select(j => (j.Name, JsonPath.Read(j.Name) ?? throw new JsonException(j.Name), j.Value)),
        ];
    }

    public async ValueTask<Finding> JudgeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var code = (int)response.StatusCode;
        if (!status.Contain(code))
        {
            return Finding.Bad(string.Create(CultureInfo.InvariantCulture, $"answered {code}"));
        }

        foreach (var (name, text) in check.Header.OrEmpty())
        {
            if (!HasHeader(response, name, text))
            {
                return Finding.Bad($"header {name} does not contain “{Short(text)}”");
            }
        }

        if (!check.WantsBody)
        {
            await DrainAsync(response, cancellation);
            return Finding.Good;
        }

        return Judge(await BoundedBody.ReadAsync(response.Content, BodyBytesMax, cancellation));
    }

    private Finding Judge(ReadOnlyMemory<byte> body)
    {
        // Looking for text in UTF-8 bytes spares turning a page into a string at each look.
        if (check.Body is { } text && body.Span.IndexOf(Encoding.UTF8.GetBytes(text)) < 0)
        {
            return Finding.Bad($"body does not contain “{Short(text)}”");
        }

        if (check.BodyLacks is { } unwanted && body.Span.IndexOf(Encoding.UTF8.GetBytes(unwanted)) >= 0)
        {
            return Finding.Bad($"body contains “{Short(unwanted)}”");
        }

        if (pattern is not null)
        {
            var head = body.Span[..Math.Min(body.Length, BodyPattern.InputMax)];
            switch (pattern.Matches(Encoding.UTF8.GetString(head)))
            {
                case false:
                    return Finding.Bad($"body does not match “{Short(check.BodyMatches!)}”");
                case null:
                    return Finding.None("the regular expression took too long for this body");
            }
        }

        return json.Length == 0 ? Finding.Good : JudgeJson(body);
    }

    private Finding JudgeJson(ReadOnlyMemory<byte> body)
    {
        foreach (var (written, path, expected) in json)
        {
            string? found;
            try
            {
                found = JsonPath.Find(body, path);
            }
            catch (JsonException)
            {
                return Finding.Bad("body is not JSON, or nested too deeply");
            }

            if (found != expected)
            {
                return Finding.Bad(found is null
                    ? $"body has no {written}"
                    : $"{written} is “{Short(found)}”, expected “{Short(expected)}”");
            }
        }

        return Finding.Good;
    }

    /// <summary>Reads to the end so that a broken or stalling answer is seen, but no further than the limit.</summary>
    private static async ValueTask DrainAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var total = 0;
            while (total < BodyBytesMax && await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                total += read;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool HasHeader(HttpResponseMessage response, string name, string text) =>
        (response.Headers.NonValidated.TryGetValues(name, out var values)
            || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        && values.Any(v => v.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static string Short(string text)
    {
        var line = Unshown.Without(text.Length > 60 ? text[..60] : text);
        return text.Length > 60 ? line + "…" : line;
    }
}
