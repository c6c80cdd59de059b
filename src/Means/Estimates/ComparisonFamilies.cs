using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Estimates;

/// <summary>Gathers contrasts of means in families, with their tests.</summary>
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

    /// <summary>Contrasts of each group's values.</summary>
    /// <param name="valueOf">What is compared.</param>
    /// <param name="contrastsOf">The contrasts of a group's rows.</param>
    /// <param name="arePairs">Whether they are all pairs.</param>
    public IReadOnlyList<ComparisonFamily> Of(
        Func<MeanRow, MeanValue> valueOf, Func<IReadOnlyList<MeanRow>, IReadOnlyList<Contrast>> contrastsOf, bool arePairs)
    {
        var families = new List<List<Item>>();
        for (var g = 0; g < grid.Groups.Count; g++)
        {
            var group = g;
            MeanRow[] rows = [.. grid.Rows.Where(row => row.Group == group)];
            MeanValue[] own = [.. rows.Select(valueOf)];
            List<Item> items = [.. contrastsOf(rows).Select(contrast => Compared(contrast, group, own))];
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
        return [.. families.Select(family => Family(family, isOneSet))];
    }

    private Item Compared(Contrast contrast, int group, MeanValue[] own)
    {
        var value = MeanValue.Combine(own, contrast.Weights);
        int[] means = [.. Enumerable.Range(0, contrast.Weights.Length).Where(mean => contrast.Weights[mean] != 0)];
        return new Item(value, new FamilyRow(
            contrast.Label, grid.Groups[group], values.Test(contrast.Label, value), MeanContrasts.IsDifference(contrast), means));
    }

    private ComparisonFamily Family(List<Item> items, bool arePairs)
    {
        var k = items.Count;
        var covariance = new double[k * k];
        double[]?[] gradients =
            [.. items.Select(item => double.IsFinite(item.Row.Own.Statistic) ? values.Gradient(item.Value) : null)];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                covariance[(i * k) + j] = gradients[i] is { } one && gradients[j] is { } other
                    ? Dense.BilinearForm(model.JointCovariance, one, other)
                    : double.NaN;
            }
        }

        return new ComparisonFamily([.. items.Select(item => item.Row)], covariance, arePairs);
    }

    private sealed record Item(MeanValue Value, FamilyRow Row);
}
