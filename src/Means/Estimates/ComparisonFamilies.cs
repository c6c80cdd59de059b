using MarginalConditional.Data;
using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Estimates;

/// <summary>Tests contrasts of means in families, and adjusts each family for its number.</summary>
internal sealed class ComparisonFamilies
{
    private readonly FittedModel model;
    private readonly MeanGrid grid;
    private readonly MeansRequest request;
    private readonly MeanValues values;

    public ComparisonFamilies(FittedModel model, MeanGrid grid, MeansRequest request, MeanValues values)
    {
        this.model = model;
        this.grid = grid;
        this.request = request;
        this.values = values;
    }

    /// <summary>The largest standard error of an adjusted p so far, where these are means over a lattice.</summary>
    public double Error { get; private set; }

    /// <summary>The size of each family so far.</summary>
    public List<int> Sizes { get; } = [];

    /// <summary>Contrasts of each group's values.</summary>
    /// <param name="valueOf">What is compared.</param>
    /// <param name="contrastsOf">The contrasts of a group's rows.</param>
    /// <param name="adjustment">How p values allow for their number.</param>
    /// <param name="scale">The scale they are on.</param>
    /// <param name="arePairs">Whether they are all pairs.</param>
    public IReadOnlyList<MeanComparison> Compare(
        Func<MeanRow, MeanValue> valueOf,
        Func<IReadOnlyList<MeanRow>, IReadOnlyList<Contrast>> contrastsOf,
        Adjustment adjustment,
        string scale,
        bool arePairs)
    {
        var families = new List<List<Item>>();
        for (var g = 0; g < grid.Groups.Count; g++)
        {
            var group = g;
            MeanRow[] rows = [.. grid.Rows.Where(row => row.Group == group)];
            MeanValue[] own = [.. rows.Select(valueOf)];
            List<Item> items = [.. contrastsOf(rows).Select(contrast =>
            {
                var value = MeanValue.Combine(own, contrast.Weights);
                return new Item(contrast, group, value, values.Test(contrast.Label, value));
            })];
            if (request.AcrossBy && families.Count > 0)
            {
                families[0].AddRange(items);
            }
            else
            {
                families.Add(items);
            }
        }

        var isOneSet = arePairs && (!request.AcrossBy || grid.Groups.Count == 1);
        return [.. families.SelectMany(family => Adjusted(family, adjustment, scale, isOneSet))];
    }

    private IEnumerable<MeanComparison> Adjusted(List<Item> items, Adjustment adjustment, string scale, bool arePairs)
    {
        Item[] tested = [.. items.Where(item => double.IsFinite(item.Own.Statistic))];
        Sizes.Add(tested.Length);
        var family = Family(tested, arePairs);
        if (adjustment.ProblemOf(family) is { } problem && tested.Length > 1)
        {
            throw new InputException(problem) { Hint = "Use --adjust mvt, holm or bonferroni." };
        }

        // One comparison needs no allowance, and none has nothing to allow for.
        var adjusted = (tested.Length <= 1 ? Adjustment.None : adjustment).Of(family, request.Level);
        Error = Math.Max(Error, adjusted.Error);
        foreach (var item in items)
        {
            var at = grid.Groups[item.Group];
            var place = Array.IndexOf(tested, item);
            var half = place < 0 ? double.NaN : adjusted.CriticalValues[place] * item.Own.StandardError;
            yield return new MeanComparison(
                item.Contrast.Label,
                at,
                scale,
                item.Own,
                place < 0 ? double.NaN : adjusted.PValues[place],
                item.Own.Estimate - half,
                item.Own.Estimate + half,
                MeanContrasts.IsDifference(item.Contrast));
        }
    }

    private TestFamily Family(Item[] tested, bool arePairs)
    {
        var k = tested.Length;
        double[][] gradients = [.. tested.Select(item => values.Gradient(item.Value))];
        var correlation = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                correlation[(i * k) + j] = i == j
                    ? 1
                    : Dense.BilinearForm(model.JointCovariance, gradients[i], gradients[j])
                        / (tested[i].Own.StandardError * tested[j].Own.StandardError);
            }
        }

        var compared = arePairs ? Enumerable.Range(0, k)
            .SelectMany(j => tested[j].Contrast.Weights.ToArray().Select((weight, mean) => (weight, mean)))
            .Where(pair => pair.weight != 0)
            .Select(pair => pair.mean)
            .Distinct()
            .Count() : 0;
        return new TestFamily(
            [.. tested.Select(item => item.Own.Statistic)],
            [.. tested.Select(item => item.Own.DegreesOfFreedom ?? double.PositiveInfinity)],
            correlation,
            compared);
    }

    private sealed record Item(Contrast Contrast, int Group, MeanValue Value, Coefficient Own);
}
