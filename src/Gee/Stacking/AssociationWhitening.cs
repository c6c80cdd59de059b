using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Stacking;

/// <summary>Whitens the indicators of a cluster by the covariance that local odds ratios and the fitted probabilities imply.</summary>
/// <remarks>
/// The joint probabilities of two outcomes have the odds ratios of their waves and the two outcomes' probabilities as margins;
/// Cov(z_tk, z_sl) = P(Y_t ≤ k, Y_s ≤ l) − F_tk F_sl. V⁻¹ has no closed form: each cluster costs a factor of order nJ.
/// </remarks>
internal sealed class AssociationWhitening
{
    private const int LargestOrder = 2000;

    private readonly CumulativeStack stack;
    private readonly ModelFrame frame;
    private readonly double[] weights;

    /// <summary>Whitens the rows of a frame of indicators.</summary>
    /// <param name="stack">Where they stand.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="weights">w of every row, or empty when all are 1.</param>
    /// <param name="ratios">The association.</param>
    /// <exception cref="InputException">A cluster is too large.</exception>
    public AssociationWhitening(CumulativeStack stack, ModelFrame frame, double[] weights, LocalOddsRatios ratios)
    {
        this.stack = stack;
        this.frame = frame;
        this.weights = weights;
        Ratios = ratios;
        if (frame.Clusters.MaximumSize > LargestOrder)
        {
            throw new InputException($"A cluster has {frame.Clusters.MaximumSize / stack.Thresholds} rows with {stack.Thresholds} "
                + $"thresholds each, and local odds ratios need a matrix of that many rows; they take up to {LargestOrder}.")
            {
                Hint = "Use --corr exchangeable, ar1 or nested: they have closed forms for clusters of any size.",
            };
        }
    }

    /// <summary>The association.</summary>
    public LocalOddsRatios Ratios { get; }

    /// <summary>How many numbers <see cref="Prepare"/> needs for some clusters.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    public int Numbers(int firstCluster, int endCluster)
    {
        var categories = stack.Thresholds + 1;
        var numbers = (categories * categories) + (2 * categories);
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            numbers += frame.Clusters.Size(cluster) * frame.Clusters.Size(cluster);
        }

        return numbers;
    }

    /// <summary>Factorizes the covariances of some clusters. False unless all are positive definite.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="eta">θ_k − η of their rows.</param>
    /// <param name="factors">Receives <see cref="Numbers"/> values, one factor after the other.</param>
    public bool Prepare(int firstCluster, int endCluster, ReadOnlySpan<double> eta, Span<double> factors)
    {
        if (!stack.Ascends(firstCluster, endCluster, eta, weights))
        {
            return false;
        }

        var origin = frame.Clusters.Start(firstCluster);
        var used = 0;
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var order = frame.Clusters.Size(cluster);
            var covariance = factors.Slice(used, order * order);
            used += order * order;
            Fill(cluster, eta.Slice(frame.Clusters.Start(cluster) - origin, order), covariance, factors[used..]);
            if (!Cholesky.TryFactor(covariance, order, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Replaces rows of some clusters in one column by L⁻¹ times them.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="endCluster">One past the last.</param>
    /// <param name="factors">What <see cref="Prepare"/> filled.</param>
    /// <param name="column">The rows.</param>
    public void Whiten(int firstCluster, int endCluster, ReadOnlySpan<double> factors, Span<double> column)
    {
        var (origin, used) = (frame.Clusters.Start(firstCluster), 0);
        for (var cluster = firstCluster; cluster < endCluster; cluster++)
        {
            var order = frame.Clusters.Size(cluster);
            Cholesky.SolveLower(
                factors.Slice(used, order * order), order, column.Slice(frame.Clusters.Start(cluster) - origin, order));
            used += order * order;
        }
    }

    /// <summary>The first cluster whose covariance is not positive definite at β, as a sentence; null without one.</summary>
    /// <param name="beta">β, p values.</param>
    public string? Violation(ReadOnlySpan<double> beta)
    {
        var eta = LinearPredictor.Of(frame, beta);
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            var rows = eta.AsSpan(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster));
            if (stack.Ascends(cluster, cluster + 1, rows, weights)
                && !Prepare(cluster, cluster + 1, rows, new double[Numbers(cluster, cluster + 1)]))
            {
                return $"The local odds ratios and the fitted probabilities give cluster {frame.Clusters.Label(cluster)} "
                    + $"({stack.Size(cluster)} rows) no positive definite covariance.";
            }
        }

        return null;
    }

    /// <summary>The covariance of a cluster's indicators; rows of weight 0 are determined and stand alone.</summary>
    private void Fill(int cluster, ReadOnlySpan<double> eta, Span<double> covariance, Span<double> buffer)
    {
        var (first, size, order) = (frame.Clusters.Start(cluster), stack.Size(cluster), eta.Length);
        var categories = stack.Thresholds + 1;
        covariance.Clear();
        for (var t = 0; t < size; t++)
        {
            for (var k = 0; k < stack.Thresholds; k++)
            {
                var row = (k * size) + t;
                covariance[(row * order) + row] = 1;
                for (var l = 0; l <= k && Counts(first + row); l++)
                {
                    var column = (l * size) + t;
                    covariance[(row * order) + column] = Counts(first + column)
                        ? stack.Link.Cumulative(eta[column]) * stack.Link.Complement(eta[row])
                        : 0;
                }
            }

            for (var s = 0; s < t; s++)
            {
                var joint = buffer.Slice(2 * categories, categories * categories);
                Probabilities(first, s, size, eta, buffer[..categories]);
                Probabilities(first, t, size, eta, buffer.Slice(categories, categories));
                ProportionalFitting.Fit(
                    Ratios.Association(frame.Waves[first + s], frame.Waves[first + t]),
                    buffer[..categories],
                    buffer.Slice(categories, categories),
                    joint);
                Accumulate(joint, categories);
                for (var k = 0; k < stack.Thresholds; k++)
                {
                    for (var l = 0; l < stack.Thresholds; l++)
                    {
                        var (early, late) = ((k * size) + s, (l * size) + t);
                        if (Counts(first + early) && Counts(first + late))
                        {
                            var value = joint[(k * categories) + l]
                                - (stack.Link.Cumulative(eta[early]) * stack.Link.Cumulative(eta[late]));
                            covariance[(Math.Max(early, late) * order) + Math.Min(early, late)] = value;
                        }
                    }
                }
            }
        }
    }

    /// <summary>The probabilities of an outcome's categories; an indicator of weight 0 is 0 or 1 for certain.</summary>
    private void Probabilities(int first, int outcome, int size, ReadOnlySpan<double> eta, Span<double> probabilities)
    {
        var below = double.NegativeInfinity;
        for (var k = 0; k < probabilities.Length; k++)
        {
            var row = (k * size) + outcome;
            var point = k == stack.Thresholds ? double.PositiveInfinity
                : Counts(first + row) ? eta[row]
                : frame.Response[first + row] > 0 ? double.PositiveInfinity : double.NegativeInfinity;
            probabilities[k] = below < point ? Math.Exp(stack.Link.LogInterval(below, point)) : 0;
            below = point;
        }
    }

    /// <summary>Probabilities of cells to those of all cells before, in both directions.</summary>
    private static void Accumulate(Span<double> table, int categories)
    {
        for (var x = 0; x < categories; x++)
        {
            var sum = 0.0;
            for (var y = 0; y < categories; y++)
            {
                sum += table[(x * categories) + y];
                table[(x * categories) + y] = sum + (x > 0 ? table[((x - 1) * categories) + y] : 0);
            }
        }
    }

    private bool Counts(int row) => weights.Length == 0 || weights[row] > 0;
}
