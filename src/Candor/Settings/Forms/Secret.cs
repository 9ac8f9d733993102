using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Candor.Settings.Forms;

/// <summary>
/// A text with references to environment variables (<c>smtp://user:$SMTP_PASSWORD@mail</c>). The file, the journal and
/// every log hold the references; what they stand for is looked up at the moment of use and kept nowhere.
/// <c>$$</c> is a dollar sign.
/// </summary>
internal sealed record Secret
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The remedy for a secret that stands in the file; a fault with it does not repeat what was written.</summary>
    public const string InTheOpen = "write $NAME and put the secret into the environment variable NAME";

    private Secret(string written) => Written = written;

    /// <summary>As it stands in the file, references and all.</summary>
    public string Written { get; }

    /// <summary>The variables that it needs.</summary>
    public IReadOnlyList<string> Names => Walk(Written, _ => "").Names;

    public static string? Read(string text, [MaybeNull] out Secret value)
    {
        value = new Secret(text);
        return text.Length is 0 or > 2000 || Invisible.In(text) ? "write a text of up to 2000 characters, with $NAME for what is secret"
            : Walk(text, _ => "").Problem;
    }

    /// <summary>Only a reference will do: <c>$NAME</c> and nothing else.</summary>
    public static string? ReadReference(string text, [MaybeNull] out Secret value) =>
        Read(text, out value) is null && value!.Names.Count == 1 && text.Length == value.Names[0].Length + 1
            ? null
            : InTheOpen;

    /// <summary>The same, kept as it is written: what a check's stored options may hold.</summary>
    public static string? ReadWritten(string text, out string? value)
    {
        var remedy = ReadReference(text, out var secret);
        value = secret?.Written;
        return remedy;
    }

    /// <summary>The text with everything put in; null where a variable is not set.</summary>
    public string? Reveal(Func<string, string?> environment) => Walk(Written, environment).Text;

    /// <summary>Says nothing, so that no log, page or exception can.</summary>
    public override string ToString() => "(secret)";

    private static (string? Text, IReadOnlyList<string> Names, string? Problem) Walk(string written, Func<string, string?> lookUp)
    {
        var (text, names, isWhole) = (new StringBuilder(), new List<string>(), true);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != '$')
            {
                text.Append(written[i]);
                continue;
            }

            var rest = written.AsSpan(i + 1);
            if (rest.StartsWith("$"))
            {
                text.Append('$');
                i++;
                continue;
            }

            var length = rest.IndexOfAnyExcept(NameCharacters);
            length = length < 0 ? rest.Length : length;
            if (length == 0 || char.IsAsciiDigit(rest[0]))
            {
                return (null, names, "write $NAME for a variable, or $$ for a dollar sign");
            }

            var name = rest[..length].ToString();
            names.Add(name);
            var value = lookUp(name);
            isWhole &= value is not null;
            text.Append(value);
            i += length;
        }

        return (isWhole ? text.ToString() : null, names, null);
    }
}
