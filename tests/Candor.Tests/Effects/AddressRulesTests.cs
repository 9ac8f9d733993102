using System.Net;
using Candor.Effects;
using Candor.Testing;

namespace Candor.Tests.Effects;

public class AddressRulesTests
{
    private static readonly Egress Guard = new(
        EgressRules.PublicOnly, () => Candor.Effects.Dns.ResolverFiles.Empty, new SystemRandomness(),
        new ManualTimeProvider(DateTimeOffset.UnixEpoch));

    [Fact]
    public async Task SEC_24_Every_spelling_of_a_forbidden_address_is_refused()
    {
        var spellings = AddressSpellings.All.ToList();
        Assert.True(spellings.Count >= 300, $"only {spellings.Count} spellings");
        var escaped = new List<string>();
        foreach (var host in spellings)
        {
            var found = await Guard.ResolveAsync(host, TestContext.Current.CancellationToken);
            if (found.Allowed.Count > 0 || (found.Answer == NameAnswer.Found && found.Reason.Length == 0))
            {
                escaped.Add($"{host} -> {string.Join(' ', found.Allowed)}");
            }
        }

        Assert.Empty(escaped);
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2002:101:101::1")]
    public void Neighbours_of_forbidden_ranges_are_public(string address) =>
        Assert.Equal(AddressKind.Public, AddressRules.Classify(IPAddress.Parse(address)).Kind);

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    public void SEC_12_Metadata_is_refused_even_where_everything_is_allowed(string address)
    {
        var everything = new EgressRules([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")], [IPAddress.Parse(address)]);
        Assert.Contains("never", everything.Refuse(IPAddress.Parse(address), 53), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::10.1.2.3")]
    public void An_allowed_network_is_allowed_in_every_form(string address)
    {
        var rules = EgressRules.PublicOnly with { Allow = [IPNetwork.Parse("10.0.0.0/8")] };
        Assert.Null(rules.Refuse(IPAddress.Parse(address), 443));
        Assert.NotNull(EgressRules.PublicOnly.Refuse(IPAddress.Parse(address), 443));
    }

    [Fact]
    public void A_carrier_with_two_addresses_needs_both_allowed()
    {
        var rules = EgressRules.PublicOnly with { Allow = [IPNetwork.Parse("10.0.0.0/8")] };
        var teredo = IPAddress.Parse("2001:0:0a00:0001::3f57:fefe"); // server 10.0.0.1, client 192.168.1.1
        Assert.NotNull(rules.Refuse(teredo, 443));
    }

    [Fact]
    public void Own_gateway_and_resolvers_may_be_pinged_and_asked_for_names_only()
    {
        var gateway = IPAddress.Parse("192.168.1.1");
        var rules = new EgressRules([], [gateway]);
        Assert.Null(rules.Refuse(gateway));
        Assert.Null(rules.Refuse(gateway, 53));
        Assert.NotNull(rules.Refuse(gateway, 80));
    }

    [Fact]
    public void A_refusal_names_the_rule_and_the_setting() =>
        Assert.Equal(
            "192.168.1.1 is private (192.168.0.0/16); to probe it, add its network to egress.allow in the settings",
            EgressRules.PublicOnly.Refuse(IPAddress.Parse("192.168.1.1"), 80));

    [Fact]
    public async Task The_guard_refuses_an_address_that_nobody_resolved()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var loopback = new IPEndPoint(IPAddress.Loopback, 9);
        await Assert.ThrowsAsync<EgressForbiddenException>(
            async () => await Guard.ConnectAsync(loopback, cancellation));
        await Assert.ThrowsAsync<EgressForbiddenException>(
            async () => await Guard.ExchangeAsync(loopback, new byte[1], _ => true, cancellation));
        await Assert.ThrowsAsync<EgressForbiddenException>(
            async () => await Guard.PingAsync(IPAddress.IPv6Loopback, cancellation));
    }
}
