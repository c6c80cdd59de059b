namespace MarginalConditional.Means.Models;

/// <summary>A row of a model at which a mean is wanted.</summary>
/// <param name="Row">x, the weights of the p coefficients.</param>
/// <param name="Offset">The known part of the linear predictor.</param>
/// <param name="Effects">For each random term of the frame its row z.</param>
public sealed record MeanPoint(double[] Row, double Offset, IReadOnlyList<double[]> Effects)
{
    /// <summary>w, the row of the log odds of excess zeros; empty where these have no formula of their own.</summary>
    public double[] Inflation { get; init; } = [];

    /// <summary>This row moved along another.</summary>
    /// <param name="direction">The other, whose offset does not count.</param>
    /// <param name="step">How far.</param>
    public MeanPoint Along(MeanPoint direction, double step)
    {
        ArgumentNullException.ThrowIfNull(direction);
        return new MeanPoint(
            Moved(Row, direction.Row, step), Offset, [.. Effects.Zip(direction.Effects, (own, other) => Moved(own, other, step))])
        {
            Inflation = Moved(Inflation, direction.Inflation, step),
        };
    }

    private static double[] Moved(double[] own, double[] other, double step) => [.. own.Zip(other, (a, b) => a + (step * b))];
}
