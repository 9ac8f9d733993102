using System.Text;
using Candor.Settings;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using FsCheck;
using FsCheck.Fluent;

namespace Candor.Tests.Settings;

public sealed class SettingsPropertyTests
{
    private static readonly Config Hundreds = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void A_duration_survives_being_written_and_read() =>
        Check.One(Hundreds, Prop.ForAll(
            Gen.Choose(0, 2_000_000_000).ToArbitrary(),
            milliseconds => Durations.Read(Durations.Write(TimeSpan.FromMilliseconds(milliseconds)), out var read) is null
                && read == TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void A_size_survives_being_written_and_read() =>
        Check.One(Hundreds, Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(), bytes => Sizes.Read(Sizes.Write(bytes), out var read) is null && read == bytes));

    [Fact]
    public void No_form_throws_whatever_it_is_given() =>
        Check.One(Hundreds, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            text ??= "";
            Durations.Read(text, out _);
            Sizes.Read(text, out _);
            Booleans.Read(text, out _);
            StatusRanges.Read(text, out _);
            Urls.Read(text, out _);
            HostPort.Read(text, out _);
            HostNames.Read(text, out _);
            Cidrs.Read(text, out _);
            Zones.Read(text, out _);
            Colours.Read(text, out _);
            Ids.Read(text, out _);
            MailAddresses.Read(text, out _);
            Secret.Read(text, out _);
            Identity.FromId(text);
            return Quote.Short(text).Length <= 64;
        }));

    /// <summary>Lines swapped, cut, doubled and joined; characters replaced by those that mean something to YAML.</summary>
    [Fact]
    public void A_file_spoilt_at_random_is_read_or_answered_with_faults_that_lie_inside_it()
    {
        var spoilt =
            from seed in Gen.Choose(0, int.MaxValue)
            from count in Gen.Choose(1, 12)
            select Spoil(Written.Complete, seed, count);
        Check.One(Hundreds.WithMaxTest(3_000), Prop.ForAll(spoilt.ToArbitrary(), text =>
        {
            var answer = Written.Read(text);
            var lines = text.Split('\n');
            return answer.Declaration is null == answer.Faults.Count > 0
                && answer.Faults.All(f => f.Line >= 1 && f.Line <= lines.Length + 1 && f.Column >= 1
                    && (f.Line > lines.Length || f.Column <= lines[f.Line - 1].Length + 2)
                    && f.Path.Length > 0 && f.What.Length > 0 && f.Remedy.Length > 0);
        }));
    }

    [Fact]
    public void Bytes_at_random_never_make_it_throw() =>
        Check.One(Hundreds.WithMaxTest(2_000), Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            bytes => new SettingsReader(StandInChecks.All).Read(bytes ?? []).Faults.Count > 0));

    private static string Spoil(string text, int seed, int count)
    {
        const string meaningful = "[]{}:,#&*!|>'\"%@`-? \t\n\\~0é\u202E😀";
        var random = new Random(seed);
        var spoilt = new StringBuilder(text);
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(spoilt.Length);
            switch (random.Next(4))
            {
                case 0:
                    spoilt[at] = meaningful[random.Next(meaningful.Length)];
                    break;
                case 1:
                    spoilt.Insert(at, meaningful[random.Next(meaningful.Length)]);
                    break;
                case 2:
                    spoilt.Remove(at, Math.Min(random.Next(1, 30), spoilt.Length - at));
                    break;
                default:
                    spoilt.Insert(at, spoilt.ToString(at, Math.Min(40, spoilt.Length - at)));
                    break;
            }
        }

        return spoilt.ToString();
    }
}
