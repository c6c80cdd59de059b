namespace MarginalConditional.Glmm.Residuals;

/// <summary>One figure of a data set among those of data drawn from the fitted model. Immutable.</summary>
/// <param name="Statistic">The figure of the data.</param>
/// <param name="Expected">Its mean over the draws.</param>
/// <param name="PValue">The share of data sets, the data among them, whose figure is as far out.</param>
public sealed record ResidualTest(double Statistic, double Expected, double PValue)
{
    /// <summary>A figure that is odd only when it is large.</summary>
    /// <param name="figures">That of the data, then those of the draws.</param>
    internal static ResidualTest Upper(ReadOnlySpan<double> figures) => new(figures[0], Mean(figures), Share(figures, lower: false));

    /// <summary>A figure that is odd on either side: twice the smaller share.</summary>
    /// <param name="figures">That of the data, then those of the draws.</param>
    internal static ResidualTest TwoSided(ReadOnlySpan<double> figures) => new(
        figures[0], Mean(figures), Math.Min(1, 2 * Math.Min(Share(figures, lower: false), Share(figures, lower: true))));

    private static double Mean(ReadOnlySpan<double> figures)
    {
        var sum = 0.0;
        foreach (var figure in figures[1..])
        {
            sum += figure;
        }

        return sum / (figures.Length - 1);
    }

    private static double Share(ReadOnlySpan<double> figures, bool lower)
    {
        var count = 0;
        foreach (var figure in figures)
        {
            count += (lower ? figure <= figures[0] : figure >= figures[0]) ? 1 : 0;
        }

        return (double)count / figures.Length;
    }
}
