using System.Globalization;
using System.Reflection;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Tests;

/// <summary>A page of thresholds shows each of them: its name, the number in force, and what it decides.</summary>
internal static class TolerancePage
{
    /// <summary>Compares what a page lists with what it holds, pages that it holds included.</summary>
    public static void AssertComplete(object page, IReadOnlyList<Tolerance> listed)
    {
        var held = Numbers(page).ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        Assert.NotEmpty(held);
        Assert.Equal(held.Keys.Order(StringComparer.Ordinal), listed.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.All(listed, entry => Assert.Equal(held[entry.Name], entry.Value));
        Assert.All(listed, entry => Assert.NotEmpty(entry.Meaning));
    }

    private static IEnumerable<(string Name, double Value)> Numbers(object page)
    {
        foreach (var property in page.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.PropertyType == typeof(double) || property.PropertyType == typeof(int))
            {
                yield return (property.Name, Convert.ToDouble(property.GetValue(page), CultureInfo.InvariantCulture));
            }
            else if (property.Name != "All" && property.PropertyType.Name.EndsWith("Tolerances", StringComparison.Ordinal))
            {
                foreach (var inner in Numbers(property.GetValue(page)!))
                {
                    yield return inner;
                }
            }
        }
    }
}
