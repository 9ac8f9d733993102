using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Pages.Json;
using Candor.Pages.Live;

namespace Candor.Tests.Pages;

public class PublicFieldsTests
{
    [Fact]
    public void SEC_26_Every_public_field_was_approved()
    {
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        Walk(fields, "status.json", ApiJson.Default.StatusJson);
        Walk(fields, "v2/summary", ApiJson.Default.V2SummaryBody);
        Walk(fields, "v2/status", ApiJson.Default.V2StatusBody);
        Walk(fields, "v2/components", ApiJson.Default.V2ComponentsBody);
        Walk(fields, "v2/incidents", ApiJson.Default.V2IncidentsBody);
        Walk(fields, "v2/scheduled-maintenances", ApiJson.Default.V2MaintenancesBody);
        Walk(fields, "metrics-display", ApiJson.Default.MetricsBody);
        Walk(fields, "events/changed", LiveJson.Default.LiveChanged);
        Walk(fields, "events/verified", LiveJson.Default.LiveVerified);
        Approved.Same("public-fields.txt", Encoding.UTF8.GetBytes(string.Join('\n', fields) + "\n"));
    }

    [Fact]
    public void SEC_26_No_record_of_the_domain_is_public()
    {
        var types = ApiJson.Default.GetType().Assembly.GetTypes()
            .Where(type => type.Namespace == "Candor.State" && !type.IsEnum && !type.ContainsGenericParameters)
            .Where(type => ApiJson.Default.GetTypeInfo(type) is not null);
        Assert.Empty(types);
    }

    private static void Walk(SortedSet<string> fields, string place, JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            Walk(fields, place + "[]", type.Options.GetTypeInfo(type.ElementType!));
        }

        foreach (var property in type.Properties)
        {
            var path = $"{place}.{property.Name}";
            fields.Add(path);
            var inner = property.Options.GetTypeInfo(property.PropertyType);
            if (inner.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable && inner.Type != typeof(JsonElement))
            {
                Walk(fields, path, inner);
            }
        }
    }
}
