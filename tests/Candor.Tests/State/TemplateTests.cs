using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.State;

public sealed class TemplateTests
{
    private static readonly DateTimeOffset Since = new(2021, 2, 16, 9, 54, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, TemplateValue> Values = new()
    {
        ["component"] = "Homepage",
        ["since"] = Since,
        ["reason"] = "{{component}} ${7*7} {{since | upper}}",
    };

    [Theory]
    [InlineData("{{component}} is down since {{ since | time }}.", "Homepage is down since 09:54 UTC.")]
    [InlineData("{{component|upper}}", "HOMEPAGE")]
    [InlineData("{{since|date}}", "16 February 2021")]
    [InlineData("{{ component", "{{ component")]
    [InlineData("{{nobody}} {{component|shout}}", "{{nobody}} {{component|shout}}")]
    public void A_known_name_is_replaced_and_the_rest_stays(string template, string expected) =>
        Assert.Equal(expected, Template.Render(template, Values, TimeZoneInfo.Utc, StoredWords.English));

    [Fact]
    public void Times_are_in_the_zone_of_the_page() =>
        Assert.Equal("10:54 UTC+1", Template.Render("{{since|time}}", Values, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), StoredWords.English));

    [Fact]
    public void What_a_value_brings_in_is_never_expanded() =>
        Assert.Equal("{{component}} ${7*7} {{since | upper}}", Template.Render("{{reason}}", Values, TimeZoneInfo.Utc, StoredWords.English));

    [Fact]
    public void A_text_cannot_grow_without_end()
    {
        var values = new Dictionary<string, TemplateValue> { ["x"] = new string('x', 20_000) };

        Assert.Equal(Template.LimitChars, Template.Render(string.Concat(Enumerable.Repeat("{{x}}", 1000)), values, TimeZoneInfo.Utc, StoredWords.English).Length);
    }

    [Fact]
    public void A_wrong_name_or_formatter_is_told_with_what_would_be_right()
    {
        var faults = Template.FaultsOf("{{componnet}} {{since | tiem}} {{component}}", Values.Keys);

        Assert.Equal(
        [
            "“{{componnet}}” is no placeholder here: write one of {{component}}, {{reason}}, {{since}}",
            "“tiem” is no formatter: write one of date, list, lower, time, upper",
        ],
        faults);
    }

    /// <summary>Payloads that have run code in the template engines of comparable products.</summary>
    public static TheoryData<string> Injections =>
    [
        "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "*{7*7}", "{% for x in (1..9) %}{{x}}{% endfor %}", "{{config}}",
        "{{''.__class__.__mro__[1].__subclasses__()}}", "{{self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read()}}",
        "{{request.application.__globals__.__builtins__.__import__('os').popen('id').read()}}", "{{constructor.constructor('return process')().env}}",
        "{{_self.env.registerUndefinedFilterCallback('exec')}}{{_self.env.getFilter('id')}}", "{{['id']|filter('system')}}",
        "{{ include '/etc/passwd' }}", "{{> partial}}", "{{{component}}}", "{{#each this}}{{@key}}{{/each}}", "{{lookup this 'constructor'}}",
        "@(1+2)", "@System.IO.File.ReadAllText(\"/etc/passwd\")", "{{ \"a\" | eval }}", "{{ component | system }}", "{{ component || 1 }}",
        "{{object.eval 'x = 1; x + 1'}}", "{{ date.now }}", "${T(java.lang.Runtime).getRuntime().exec('id')}", "#set($x=7*7)$x",
        "{php}echo `id`;{/php}", "{{=<% %>=}}<% component %>", "{{ env 'HOME' }}", "{{range .}}{{.}}{{end}}", "{{printf \"%s\" .}}", "{{template \"x\"}}",
        "$(id)", "`id`", "{{component.constructor}}", "{{ component.Length }}", "{{ __proto__ }}", "{{ toString }}", "[[${7*7}]]", "{{\u0000}}",
    ];

    [Theory]
    [MemberData(nameof(Injections))]
    public void SEC_02_Template_injections_stand_as_literal_text(string payload) =>
        Assert.Equal(payload, Template.Render(payload, Values, TimeZoneInfo.Utc, StoredWords.English));

    [Fact]
    public void SEC_02_Random_braces_never_throw_and_never_execute()
    {
        var random = new Random(20261121);
        const string Letters = "{}|%$#@ component7*<>'\"\\\n";
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Create(random.Next(60), random, (span, r) =>
            {
                for (var i = 0; i < span.Length; i++) { span[i] = Letters[r.Next(Letters.Length)]; }
            });

            Assert.Equal(text, Template.Render(text, new Dictionary<string, TemplateValue>(), TimeZoneInfo.Utc, StoredWords.English));
        }
    }
}
