using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>
/// Outcomes as quantiles of correlated normal scores, whose correlations are solved pair by pair so that the outcomes have theirs.
/// </summary>
/// <remarks>
/// Emrich and Piedmonte (1991) for binary outcomes, Cario and Nelson (1997) for any. The scores are L·z with independent normal z. Where
/// any two rows have the same correlation, a column of L is constant below its diagonal, and a draw costs one step a row.
/// </remarks>
internal sealed class LatentLaw : MarginalLaw
{
    private readonly OutcomeMargin[] margins;
    private readonly double[] factor;
    private readonly bool isShared;

    /// <summary>Of a full factor, n×n row-major, or of the n diagonal elements and after them the n constants below.</summary>
    private LatentLaw(IReadOnlyList<OutcomeMargin> margins, double[] factor, bool isShared)
    {
        this.margins = [.. margins];
        this.factor = factor;
        this.isShared = isShared;
    }

    /// <inheritdoc/>
    public override int Size => margins.Length;

    /// <summary>Solves for the scores' correlations and factors them.</summary>
    /// <remarks>Any two rows may be correlated as they are to be: <see cref="MarginalMethod.Prepare"/> has seen to it.</remarks>
    /// <returns>Null when no scores do it; the problem says why.</returns>
    public static LatentLaw? Prepare(
        CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem)
    {
        problem = null;
        if (structure.IsExchangeable && margins.All(margin => ReferenceEquals(margin, margins[0])))
        {
            var shared = SharedFactor(margins.Count < 2 ? 0
                : PairCorrelation.ScoresOf(margins[0], margins[0], structure.Between(0, 1, periods[0], periods[1])), margins.Count);
            if (shared is not null)
            {
                return new LatentLaw(margins, shared, isShared: true);
            }
        }
        else
        {
            problem = MarginalRefusal.OfSize(margins.Count) ?? MarginalRefusal.OfMatrix(structure, periods);
            if (problem is not null)
            {
                return null;
            }

            if (CorrelationMatrix.Factor(Scores(structure, margins, periods), margins.Count) is { } factor)
            {
                return new LatentLaw(margins, factor, isShared: false);
            }
        }

        problem = MarginalRefusal.OfScores(structure, margins, periods);
        return null;
    }

    /// <summary>Of scores any two of which have one correlation; null when no scores have it.</summary>
    /// <param name="margins">The rows' distributions.</param>
    /// <param name="correlation">Of the scores.</param>
    public static LatentLaw? OfScores(IReadOnlyList<OutcomeMargin> margins, double correlation) =>
        SharedFactor(correlation, margins.Count) is { } factor ? new LatentLaw(margins, factor, isShared: true) : null;

    /// <summary>Of scores with a matrix of correlations; null when no scores have it.</summary>
    /// <param name="margins">The rows' distributions.</param>
    /// <param name="correlations">Of the scores, n×n row-major.</param>
    public static LatentLaw? OfScores(IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<double> correlations) =>
        CorrelationMatrix.Factor(correlations, margins.Count) is { } factor ? new LatentLaw(margins, factor, isShared: false) : null;

    /// <inheritdoc/>
    public override void Draw(RandomStream stream, Span<double> scratch, Span<double> outcomes)
    {
        var n = margins.Length;
        if (isShared)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                var z = stream.NextNormal();
                outcomes[i] = margins[i].Value(sum + (factor[i] * z));
                sum += factor[n + i] * z;
            }

            return;
        }

        for (var i = 0; i < n; i++)
        {
            scratch[i] = stream.NextNormal();
            outcomes[i] = margins[i].Value(Dense.Dot(factor.AsSpan(i * n, i + 1), scratch[..(i + 1)]));
        }
    }

    /// <summary>An element of L, for row ≥ score.</summary>
    internal double Loading(int row, int score) => isShared
        ? factor[row == score ? row : margins.Length + score]
        : factor[(row * margins.Length) + score];

    /// <summary>The matrix of the scores' correlations, n×n: every pair of margins and correlation is solved once.</summary>
    internal static double[] Scores(CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods)
    {
        var n = margins.Count;
        var matrix = CorrelationMatrix.Fill(structure, periods);
        var kinds = new Dictionary<OutcomeMargin, int>(ReferenceEqualityComparer.Instance);
        foreach (var margin in margins)
        {
            kinds.TryAdd(margin, kinds.Count);
        }

        var solved = new Dictionary<(int First, int Second, double Correlation), double>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var key = (kinds[margins[i]], kinds[margins[j]], matrix[(i * n) + j]);
                if (!solved.TryGetValue(key, out var value))
                {
                    value = PairCorrelation.ScoresOf(margins[i], margins[j], key.Item3);
                    solved.Add(key, value);
                }

                matrix[(i * n) + j] = value;
                matrix[(j * n) + i] = value;
            }
        }

        return matrix;
    }

    /// <summary>The factor of a matrix with ones on its diagonal and r elsewhere.</summary>
    private static double[]? SharedFactor(double r, int n)
    {
        var factor = new double[2 * n];
        var square = 0.0;
        for (var j = 0; j < n; j++)
        {
            var pivot = 1 - square;
            var isRest = j < n - 1;
            if (pivot < -Cholesky.DefaultTolerance || (pivot <= Cholesky.DefaultTolerance && r < 0 && isRest))
            {
                return null;
            }

            // With r = 1 every score is the first one.
            factor[j] = pivot <= Cholesky.DefaultTolerance ? 0 : Math.Sqrt(pivot);
            factor[n + j] = factor[j] == 0 ? 0 : (r - square) / factor[j];
            square += factor[n + j] * factor[n + j];
        }

        return factor;
    }
}
