using System.Text;
using Candor.Probing;
using Candor.Settings;
using Candor.Settings.Plans;
using Candor.State;

namespace Candor.Tests.Settings;

public sealed class GoodFilesTests
{
    private static readonly string Folder = Sources.Path("tests", "Candor.Tests", "Settings", "testdata", "good");

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_good_file_is_right_and_applying_it_twice_changes_nothing(string name)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken);
        var answer = new SettingsReader(CheckKinds.All).Read(file);

        Assert.Empty(answer.Faults);
        var world = Plan.Between(World.Empty, answer.Declaration!, Written.Noon).Events.Aggregate(World.Empty, World.Fold);
        Assert.NotEmpty(world.Monitors);
        var again = new SettingsReader(CheckKinds.All).Read(file).Declaration!;
        Assert.True(Plan.Between(world, again, Written.Noon).IsEmpty);
    }

    [Fact]
    public void What_a_check_reads_survives_the_journal_and_changes_nothing()
    {
        var answer = new SettingsReader(CheckKinds.All).Read(File.ReadAllBytes(Path.Combine(Folder, "every_kind.yaml")));
        var stored = Plan.Between(World.Empty, answer.Declaration!, Written.Noon).Events
            .Select(e => Kinds.Decode(Kinds.NameOf(e), Kinds.Encode(e), e.At))
            .Aggregate(World.Empty, World.Fold);

        Assert.True(Plan.Between(stored, answer.Declaration!, Written.Noon).IsEmpty);
    }

    [Fact]
    public void No_secret_and_no_password_is_in_the_events_only_their_names()
    {
        var answer = new SettingsReader(CheckKinds.All).Read(File.ReadAllBytes(Path.Combine(Folder, "complete-example.yaml")));
        var stored = Plan.Between(World.Empty, answer.Declaration!, Written.Noon).Events.Select(e => Encoding.UTF8.GetString(Kinds.Encode(e)));

        Assert.DoesNotContain(stored, e => e.Contains("SMTP_PASSWORD", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_thousand_monitors_are_read_and_planned_in_a_moment()
    {
        var text = new StringBuilder("page: { name: Heron }\ncomponents: [{ name: All, monitors: [m1] }]\nmonitors:\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  m{i}: {{ http: \"https://h{i}.example/\", every: 20s }}\n");
        }

        var file = Encoding.UTF8.GetBytes(text.ToString());
        ThreadWork.IsBounded(TimeSpan.FromSeconds(2), () =>
        {
            var answer = new SettingsReader(CheckKinds.All).Read(file);
            Assert.Empty(answer.Faults);
            Assert.Equal(10_002, Plan.Between(World.Empty, answer.Declaration!, Written.Noon).Events.Length);
        });
    }

    [Fact]
    public void A_private_address_that_is_not_allowed_is_said_before_it_fails()
    {
        const string file = "page: { name: H }\nmonitors: { a: { tcp: 10.0.0.11:5672 }, b: { http: http://169.254.169.254/ } }\n";

        Assert.Equal(
            ["monitors.a will not look: 10.0.0.11 is private (10.0.0.0/8); to probe it, add its network to egress.allow in the settings.",
             "monitors.b will not look: 169.254.169.254 is cloud metadata (169.254.169.254), which Candor never contacts."],
            Declared(file).Notes);
        Assert.Single(Declared(file + "egress: { allow: [10.0.0.0/8, 169.254.0.0/16] }\n").Notes);
    }

    [Fact]
    public void Where_the_page_is_read_back_and_who_is_told_that_it_lives_is_read_once_each()
    {
        const string file = "page: { name: H }\n";
        var said = Declared(file + "read_back: { from: [\"https://a.example\", \"https://a.example/\", \"http://b.example:8080/\"], every: 10s, within: 5m }\nalive: { tell: [$A, $B, $A], every: 30s }\n");

        Assert.Equal(["https://a.example/", "http://b.example:8080/"], said.ReadBack.From.Select(static one => one.AbsoluteUri));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)), (said.ReadBack.Every, said.ReadBack.Within));
        Assert.Equal(["$A", "$B"], said.Alive.Tell.Select(static one => one.Written));
        Assert.Equal(TimeSpan.FromSeconds(30), said.Alive.Every);
        Assert.Empty(Declared(file).ReadBack.From);
        Assert.Empty(Declared(file).Alive.Tell);
    }

    private static Declaration Declared(string text) => new SettingsReader(CheckKinds.All).Read(Encoding.UTF8.GetBytes(text)).Declaration!;
}
