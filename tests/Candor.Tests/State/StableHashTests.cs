using System.Reflection;
using Candor.State;

namespace Candor.Tests.State;

public sealed class StableHashTests
{
    [Fact]
    public void A_text_has_the_same_hash_in_every_process_and_release() =>
        Assert.Equal(1911622291, StableHash.Of("homepage"));

    [Fact]
    public void Whatever_is_kept_by_id_is_gone_through_in_the_same_order_after_every_start()
    {
        var ids = typeof(ComponentId).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.Namespace?.StartsWith(typeof(ComponentId).Namespace!, StringComparison.Ordinal) == true
                && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>)))
            .ToList();

        Assert.True(ids.Count > 8);
        Assert.All(ids, type => Assert.Equal(
            StableHash.Of("homepage"),
            Activator.CreateInstance(type, BindingFlags.Public | BindingFlags.Instance, null, ["homepage"], null)!.GetHashCode()));
    }

    [Fact]
    public void Numbered_ids_do_not_fall_together() =>
        Assert.True(Enumerable.Range(0, 10_000).Select(i => StableHash.Of($"monitor-{i}") & 0xFFFF).Distinct().Count() > 8_500);
}
