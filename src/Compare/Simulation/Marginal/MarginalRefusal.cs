using System.Globalization;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>Why correlations cannot be had, as full sentences with the bound; null when they can.</summary>
internal static class MarginalRefusal
{
    /// <summary>Eigenvalues of larger matrices are not worth the wait for a sentence.</summary>
    private const int LargestDecomposed = 200;

    /// <summary>A full matrix of correlations has its limit.</summary>
    public static string? OfSize(int size) => size <= CorrelationMatrix.LargestSize
        ? null
        : Sentence($"Clusters of {size} rows are too large for a matrix of correlations; {CorrelationMatrix.LargestSize} are the most.");

    /// <summary>Every pair within its Fréchet bounds.</summary>
    public static string? OfPairs(CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods)
    {
        var seen = new HashSet<(double First, double Second, double Correlation)>();
        var isShared = structure.IsExchangeable && margins.All(margin => ReferenceEquals(margin, margins[0]));
        var n = isShared ? Math.Min(2, margins.Count) : margins.Count;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var correlation = structure.Between(i, j, periods[i], periods[j]);
                if (correlation == 0 || !seen.Add((margins[i].Mean, margins[j].Mean, correlation)))
                {
                    continue;
                }

                var (least, largest) = PairCorrelation.Bounds(margins[i], margins[j]);
                if (correlation > largest + PairCorrelation.Slack || correlation < least - PairCorrelation.Slack)
                {
                    return Sentence(
                        $"Outcomes with means {margins[j].Mean:0.####} and {margins[i].Mean:0.####} have correlations from ")
                        + Sentence($"{least:0.####} to {largest:0.####}, their Fréchet bounds; {structure} asks for {correlation:0.####}.");
                }
            }
        }

        return null;
    }

    /// <summary>Whether any variables have these correlations.</summary>
    public static string? OfMatrix(CorrelationStructure structure, ReadOnlySpan<int> periods)
    {
        var n = periods.Length;
        var matrix = CorrelationMatrix.Fill(structure, periods);
        return CorrelationMatrix.Factor(matrix, n) is not null
            ? null
            : Sentence($"No outcomes have the correlations {structure} in a cluster of {n} rows: their matrix is not positive definite")
                + Eigenvalue(matrix, n) + ".";
    }

    /// <summary>The pairs can be had, but not all together, from normal scores.</summary>
    public static string OfScores(CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods)
    {
        var copy = periods.ToArray();
        var share = CorrelationMatrix.LargestShare(factor =>
            CorrelationMatrix.Factor(LatentLaw.Scores(structure.Scaled(factor), margins, copy), copy.Length) is not null);
        return Sentence($"No normal scores give outcomes with these means the correlations {structure} in a cluster of {copy.Length} rows")
            + ": the matrix of the scores is not positive definite" + Eigenvalue(LatentLaw.Scores(structure, margins, copy), copy.Length)
            + Sentence($". The most they admit is about {structure.Rounded(share)}.");
    }

    /// <summary>A history takes a probability of the conditional linear family out of [0, 1].</summary>
    public static string OfHistory(
        CorrelationStructure structure, int row, (double Least, double Largest) range, Func<double, bool> admits) =>
        Sentence($"The conditional linear family has no outcomes with these means and the correlations {structure}: given the rows ")
            + Sentence($"before it, the probability of row {row + 1} of a cluster would range from {range.Least:0.####} to ")
            + Sentence($"{range.Largest:0.####}. The most it admits is about {structure.Rounded(CorrelationMatrix.LargestShare(admits))}.");

    private static string Eigenvalue(ReadOnlySpan<double> matrix, int n) => n > LargestDecomposed
        ? ""
        : Sentence($" (its smallest eigenvalue is {CorrelationMatrix.SmallestEigenvalue(matrix, n):0.####})");

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
