using MarginalConditional.Cli.Results;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Imputed;

/// <summary>A number of the fits beside their coefficients, brought together.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">How it was pooled.</param>
/// <param name="Pooled">The pooled number; null where it is not pooled.</param>
/// <param name="Least">The smallest among the sets.</param>
/// <param name="Largest">The largest among the sets.</param>
/// <param name="AtBoundary">In how many sets a standard deviation is 0, or a correlation 1.</param>
internal sealed record PooledQuantity(
    string Name, QuantityKind Kind, double? Pooled, double Least, double Largest, int AtBoundary)
{
    /// <summary>For a standard deviation the mean of its logarithms; null at the boundary.</summary>
    public double? MeanLogarithm { get; private init; }

    /// <summary>Pools those of all sets that have them.</summary>
    /// <param name="fits">The fits.</param>
    public static IReadOnlyList<PooledQuantity> Of(IReadOnlyList<FitSummary> fits) =>
    [
        .. fits[0].Quantities
            .Where(first => fits.All(fit => fit.Quantities.Any(other => other.Name == first.Name)))
            .Select(first => Of(
                first, [.. fits.Select(fit => fit.Quantities.First(other => other.Name == first.Name).Value)])),
    ];

    private static PooledQuantity Of(FitQuantity first, double[] values)
    {
        var boundary = first.Kind switch
        {
            QuantityKind.Deviation => values.Count(value => value == 0),
            QuantityKind.Correlation => values.Count(value => Math.Abs(value) >= 1),
            QuantityKind.Share => values.Count(value => value is 0 or 1),
            _ => 0,
        };
        double? pooled = first.Kind switch
        {
            QuantityKind.Criterion => null,
            QuantityKind.Plain => values.Average(),
            QuantityKind.Deviation => Math.Sqrt(values.Average(value => value * value)),
            _ when boundary > 0 => null,
            QuantityKind.Correlation => Point(values, PoolScale.Fisher),
            _ => Point(values, PoolScale.Logit),
        };
        return new PooledQuantity(first.Name, first.Kind, pooled, values.Min(), values.Max(), boundary)
        {
            MeanLogarithm = first.Kind == QuantityKind.Deviation && boundary == 0 ? values.Average(Math.Log) : null,
        };
    }

    private static double Point(double[] values, PoolScale scale) =>
        PooledRow.Of([.. values.Select(value => Coefficient.Wald(string.Empty, value, 1, null))], 0.95, scale).Inference.Estimate;
}
